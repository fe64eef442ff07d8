import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { type AcceptanceView, checkSetUp } from '../../../contract/acceptance.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import classes from './acceptance.module.css'
import { checkWords } from '../../parts/case-words.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; setUp: AcceptanceView['setUp'] }

/** The pre-flight: what has to be right before a case can be judged. What is wrong here is no failure. */
export function SetUpPanel({ applicationId, setUp }: Props) {
  const check = useSend(checkSetUp)
  const checks = check.data?.setUp ?? setUp
  const isRight = checks.every((one) => one.isRight)
  return (
    <Panel
      title={texts.setUp}
      actions={
        <MayButton
          needs="sandbox.test"
          variant="default"
          size="xs"
          loading={check.isPending}
          onClick={() => check.mutate({ params: { applicationId } })}
        >
          {texts.check}
        </MayButton>
      }
    >
      <div className="stack">
        {check.error && <ProblemNotice problem={check.error.problem} />}
        <p role="status" className={isRight ? undefined : 'muted'} id="set-up-state">
          {isRight ? texts.setUpRight : texts.setUpWrong}
        </p>
        <ul className={classes.checks}>
          {checks.map(({ check: name, isRight: isDone, detail }) => (
            <li key={name}>
              <StateWord tone={isDone ? 'good' : 'wait'}>{isDone ? texts.right : texts.wrong}</StateWord>
              <span>
                {checkWords(name).title}
                {detail && <span className="muted small break"> {detail}</span>}
                {!isDone && <span className="muted small"> {checkWords(name).remedy}</span>}
              </span>
            </li>
          ))}
        </ul>
        {!isRight && <Remedy applicationId={applicationId} checks={checks} />}
      </div>
    </Panel>
  )
}

function Remedy({ applicationId, checks }: { applicationId: string; checks: AcceptanceView['setUp'] }) {
  const lacksProduct = checks.some(({ check, isRight }) => check === 'product' && !isRight)
  const href = lacksProduct ? paths.application(applicationId) : paths.sandbox(applicationId)
  return (
    <Button component={Link} href={href} size="xs" className="self-start">
      {lacksProduct ? texts.toProducts : texts.toSettings}
    </Button>
  )
}
