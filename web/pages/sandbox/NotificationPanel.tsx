import { Button } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link } from 'wouter'
import type { Output } from '../../../contract/endpoint.ts'
import { type listNotifications, resendNotification } from '../../../contract/log.ts'
import { ATTEMPTS_SHOWN } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { paths } from '../../paths.ts'
import { CodeBlock, readable } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { numberOf } from '../../language.ts'
import { faultWords } from '../../parts/calls/fault-words.ts'
import { headerText } from './header-text.ts'
import { waitsFor } from './held-words.ts'
import { NotificationStateWord } from './NotificationStateWord.tsx'
import { SidePanel } from './SidePanel.tsx'
import { texts } from './texts.ts'

type Notification = Output<typeof listNotifications>['items'][number]
type Attempt = Notification['attempts'][number]

/** Every hypothesis with its words comes along, so it is fetched by whoever needs it. */
const AnswerDoctor = lazy(async () => ({ default: (await import('./DoctorPanel.tsx')).AnswerDoctor }))

type Props = {
  applicationId: string
  notification: Notification
  /** The attempt whose answer the Signature Doctor looks at. */
  why: string | undefined
  onWhy: (attemptId: string) => void
  onClose: () => void
}

/** One notification with the attempts to deliver it, the newest first. */
export function NotificationPanel({ applicationId, notification, why, onWhy, onClose }: Props) {
  const resend = useSend(resendNotification, () => toast(texts.resent))
  const { nextAttemptAt, attempts, attemptCount } = notification
  const next = waitsFor(notification) ?? (nextAttemptAt && <Moment at={nextAttemptAt} />)
  return (
    <SidePanel title={`${texts.notification} ${notification.api}`} onClose={onClose}>
      <div className="stack">
        {resend.error && <ProblemNotice problem={resend.error.problem} />}
        <div className="row">
          <MayButton
            needs="sandbox.develop"
            size="xs"
            loading={resend.isPending}
            onClick={() => resend.mutate({ params: { applicationId, notificationId: notification.id } })}
          >
            {texts.resend}
          </MayButton>
        </div>
        <KeyValues
          items={[
            { name: texts.state, value: <NotificationStateWord state={notification.state} /> },
            ...(next ? [{ name: texts.nextAttempt, value: next }] : []),
            { name: texts.created, value: <Moment at={notification.createdAt} /> },
            { name: texts.eventAt, value: <Moment at={notification.eventAt} /> },
            ...(notification.paymentId ? [{ name: texts.sequence, value: numberOf(notification.sequence) }] : []),
            { name: texts.url, value: notification.url, copy: notification.url },
            { name: texts.paymentRequestId, value: notification.paymentRequestId, copy: notification.paymentRequestId },
            { name: texts.paymentId, value: notification.paymentId, copy: notification.paymentId },
            { name: texts.notificationId, value: notification.id, copy: notification.id },
          ]}
        />
        {notification.state === 'kept' && (
          <Link href={paths.inbox(applicationId, { search: notification.id })}>{texts.toInbox}</Link>
        )}
        {attemptCount === 0 && notification.state !== 'kept' && <p className="muted">{texts.noAttempts}</p>}
        {attempts.toReversed().map((attempt) => (
          <AttemptPanel key={attempt.id} attempt={attempt} onWhy={why === attempt.id ? undefined : onWhy}>
            {why === attempt.id && attempt.signatureVerified === false && (
              <Suspense fallback={null}>
                <AnswerDoctor applicationId={applicationId} notification={notification} attempt={attempt} />
              </Suspense>
            )}
          </AttemptPanel>
        ))}
        {attempts.length < attemptCount && (
          <p className="muted">{texts.newestAttempts(attempts.length, attemptCount, ATTEMPTS_SHOWN.perNotification)}</p>
        )}
        <CodeBlock title={texts.requestBody} text={readable(notification.body)} raw={notification.body} />
      </div>
    </SidePanel>
  )
}

type AttemptProps = { attempt: Attempt; onWhy: ((attemptId: string) => void) | undefined; children: ReactNode }

function AttemptPanel({ attempt, onWhy, children }: AttemptProps) {
  return (
    <Panel title={texts.attempt(attempt.number)} actions={<Moment at={attempt.at} />}>
      <div className="stack">
        <KeyValues
          items={[
            {
              name: texts.fault,
              value:
                attempt.fault === null ? (
                  <StateWord tone="good">{texts.acknowledged}</StateWord>
                ) : (
                  <span className="row">
                    <StateWord tone="bad">{texts.notificationStates.failed}</StateWord>
                    {faultWords(attempt.fault) ?? attempt.faultText}
                  </span>
                ),
            },
            { name: texts.status, value: attempt.status ?? texts.noAnswer },
            {
              name: texts.answerSignature,
              value: (
                <span className="row">
                  <AnswerSignature verified={attempt.signatureVerified} />
                  {attempt.signatureVerified === false && onWhy && (
                    <Button variant="light" size="compact-sm" onClick={() => onWhy(attempt.id)}>
                      {texts.why}
                    </Button>
                  )}
                </span>
              ),
            },
            { name: texts.duration, value: `${numberOf(Math.round(attempt.durationMs))} ms` },
          ]}
        />
        {children}
        <CodeBlock title={texts.responseBody} text={readable(attempt.responseBody)} raw={attempt.responseBody} />
        <CodeBlock title={texts.responseHeaders} text={headerText(attempt.responseHeaders)} />
        <CodeBlock title={texts.requestHeaders} text={headerText(attempt.requestHeaders)} />
      </div>
    </Panel>
  )
}

function AnswerSignature({ verified }: { verified: boolean | null }) {
  if (verified === null) return <StateWord tone="plain">{texts.notChecked}</StateWord>
  return verified ? (
    <StateWord tone="good">{texts.verified}</StateWord>
  ) : (
    <StateWord tone="bad">{texts.notVerified}</StateWord>
  )
}
