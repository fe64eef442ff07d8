import { type AcceptanceView, startAllCases } from '../../../contract/acceptance.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { Panel } from '../../ui/Panel.tsx'
import { productWords } from '../../words.ts'
import classes from './acceptance.module.css'
import { CaseItem } from './CaseItem.tsx'
import { caseOf } from '../../parts/case-words.tsx'
import { texts } from './texts.ts'

type Suite = AcceptanceView['suites'][number]
type Props = { applicationId: string; suite: Suite; opened: string | null; mayStart: boolean }

/** The cases of one product, and how many of the required ones are passed. */
export function SuitePanel({ applicationId, suite, opened, mayStart }: Props) {
  const startAll = useSend(startAllCases, () => toast(texts.startedAll))
  const { product, required, passed, cases } = suite
  return (
    <Panel
      title={productWords(product).title}
      flush
      actions={
        <MayButton
          needs="sandbox.test"
          variant="default"
          size="xs"
          disabled={!mayStart || !cases.some(isForAll)}
          loading={startAll.isPending}
          onClick={() => startAll.mutate({ params: { applicationId, product } })}
        >
          {texts.startAll}
        </MayButton>
      }
    >
      <div className={classes.progress}>
        <progress max={required} value={passed} aria-label={productWords(product).title} />
        <span role="status">
          {texts.passed(passed, required)}
          {passed === required && ` ${texts.allPassed}`}
        </span>
      </div>
      {startAll.error && <ProblemNotice problem={startAll.error.problem} />}
      <ol className={classes.cases}>
        {cases.map((item) => (
          <CaseItem
            key={item.id}
            applicationId={applicationId}
            item={item}
            isOpen={item.id === opened}
            mayStart={mayStart}
          />
        ))}
      </ol>
    </Panel>
  )
}

/** As the server chooses: no hands, nothing done wrong on purpose, not passed, and not running. */
function isForAll({ id, state, run }: Suite['cases'][number]): boolean {
  const { hands, misbehaviour } = caseOf(id)
  const isRunning = run !== null && run.endedAt === null
  return hands === 'none' && misbehaviour === undefined && state !== 'passed' && !isRunning
}
