import type { CaseView } from '../../../contract/acceptance.ts'
import { Moment } from '../../ui/Moment.tsx'
import classes from './acceptance.module.css'
import { caseOf, caseWords, withCode } from '../../parts/case-words.tsx'
import { texts } from './texts.ts'

/** What the case is for, its steps, and when it was decided. */
export function CaseDetails({ item: { id, run, decidedAt, suiteVersion } }: { item: CaseView }) {
  const { hands, misbehaviour } = caseOf(id)
  const { title, purpose, steps } = caseWords(id)
  return (
    <div className={classes.details}>
      <p>{purpose}</p>
      <p className="muted small">
        {texts.hands[hands]} {misbehaviour && `${texts.needsStart} ${texts.misbehaves[misbehaviour]}`}
      </p>
      <table className={classes.steps}>
        <caption>{texts.stepsOf(title)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.step}</th>
            <th scope="col">{texts.instruction}</th>
            <th scope="col">{texts.expectedResult}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(([instruction, expected], index) => (
            <tr key={instruction}>
              <td>{index + 1}</td>
              <td data-name={texts.instruction}>{withCode(instruction)}</td>
              <td data-name={texts.expectedResult}>{withCode(expected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">
        <code>{id}</code>
        {suiteVersion !== null && ` · ${texts.version(suiteVersion)}`}
        {decidedAt && (
          <>
            {` · ${texts.decided} `}
            <Moment at={decidedAt} />
          </>
        )}
        {run && (
          <>
            {` · ${texts.run} `}
            <Moment at={run.startedAt} /> {texts.startedBy(run.startedBy)}
          </>
        )}
      </p>
    </div>
  )
}
