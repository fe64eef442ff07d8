import { Link } from 'wouter'
import { type CaseView, cancelCase, startCase } from '../../../contract/acceptance.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import classes from './acceptance.module.css'
import { CaseDetails } from './CaseDetails.tsx'
import { CaseStateWord } from './CaseStateWord.tsx'
import { caseOf, caseWords } from '../../parts/case-words.tsx'
import { texts } from './texts.ts'
import { VerdictLines } from './VerdictLines.tsx'

type Props = { applicationId: string; item: CaseView; isOpen: boolean; mayStart: boolean }

/** One case: its state and what to do next; failures lead with their verdict. Everything else opens below it. */
export function CaseItem({ applicationId, item, isOpen, mayStart }: Props) {
  const { id, state, verdict } = item
  const { title } = caseWords(id)
  const details = `details-${id}`
  return (
    <li className={classes.case} id={id}>
      <div className={classes.line}>
        <Link
          href={paths.acceptance(applicationId, { case: isOpen ? '' : id })}
          className={classes.title}
          aria-expanded={isOpen}
          aria-controls={details}
          replace
        >
          <span className={classes.turn} data-open={isOpen}>
            <Icon name="chevron" size={14} />
          </span>
          {title}
        </Link>
        {!caseOf(id).required && <span className="muted small">{texts.optional}</span>}
        <span className={classes.state}>
          <CaseStateWord state={state} />
        </span>
        <Act applicationId={applicationId} item={item} mayStart={mayStart} />
      </div>
      {verdict && (state === 'failed' || isOpen) && <VerdictLines applicationId={applicationId} verdict={verdict} />}
      <div id={details}>{isOpen && <CaseDetails item={item} />}</div>
    </li>
  )
}

function Act({ applicationId, item, mayStart }: Omit<Props, 'isOpen'>) {
  const { id, state, run } = item
  const { title } = caseWords(id)
  const input = { params: { applicationId, caseId: id } }
  const start = useSend(startCase)
  const cancel = useSend(cancelCase)
  const problem = start.error?.problem ?? cancel.error?.problem
  const isRunning = run !== null && run.endedAt === null
  const startWord = state === 'passed' || state === 'failed' ? texts.startAgain : texts.start
  return (
    <>
      <span className={classes.act}>
        {isRunning ? (
          <MayButton
            needs="sandbox.test"
            variant="default"
            size="compact-sm"
            aria-label={texts.cancelOf(title)}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(input)}
          >
            {texts.cancel}
          </MayButton>
        ) : (
          <MayButton
            needs="sandbox.test"
            variant={state === 'passed' ? 'subtle' : 'default'}
            size="compact-sm"
            disabled={!mayStart}
            aria-label={texts.startOf(startWord, title)}
            loading={start.isPending}
            onClick={() => start.mutate(input)}
          >
            {startWord}
          </MayButton>
        )}
      </span>
      {problem && (
        <div className={classes.problem}>
          <ProblemNotice problem={problem} />
        </div>
      )}
    </>
  )
}
