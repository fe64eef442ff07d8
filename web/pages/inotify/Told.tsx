import { Link } from 'wouter'
import { listNotifications } from '../../../contract/log.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { attemptsOf, isRight, type Manner } from '../../../rules/inotify.ts'
import { useLive } from '../../api.ts'
import { paths } from '../../paths.ts'
import { CodeBlock, readable } from '../../ui/CodeBlock.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { faultWords } from '../../parts/calls/fault-words.ts'
import { texts } from './texts.ts'

type Notification = Output<typeof listNotifications>['items'][number]
type Attempt = Notification['attempts'][number]

const POLL_MS = 1000

/** Every reply as it comes in, and whether it was the right one. */
export function Told({ applicationId, ids }: { applicationId: string; ids: readonly string[] }) {
  return (
    <Panel title={texts.told}>
      <div className="stack">
        {ids.map((id) => (
          <One key={id} applicationId={applicationId} id={id} />
        ))}
      </div>
    </Panel>
  )
}

function One({ applicationId, id }: { applicationId: string; id: string }) {
  const { data } = useLive(POLL_MS, listNotifications, { params: { applicationId }, query: { search: id } })
  const [notification] = data.items
  if (notification === undefined) return null
  const { attempts } = notification
  const manner = notification.manner ?? 'once'
  return (
    <div className="stack-tight">
      <div className="row">
        <code>{notification.api}</code>
        <Link href={paths.notifications(applicationId, { notification: id, search: id })}>{texts.inLog}</Link>
      </div>
      {attempts.map((attempt) => (
        <Reply key={attempt.id} manner={manner} attempt={attempt} />
      ))}
      {notification.state === 'kept' && (
        <div className="row">
          <StateWord tone="plain">{texts.kept}</StateWord>
          <Link href={paths.inbox(applicationId, { search: id })}>{texts.inInbox}</Link>
        </div>
      )}
      {notification.state !== 'kept' && attempts.length < attemptsOf(manner) && (
        <div className="row">
          <StateWord tone="wait">{texts.notYet}</StateWord>
          {notification.nextAttemptAt && <Moment at={notification.nextAttemptAt} />}
        </div>
      )}
    </div>
  )
}

function Reply({ manner, attempt }: { manner: Manner; attempt: Attempt }) {
  const right = isRight(manner, attempt.fault)
  return (
    <div className="stack-tight">
      <div className="row">
        <StateWord tone={right ? 'good' : 'bad'}>{right ? texts.right : texts.wrong}</StateWord>
        <span>{sentenceOf(manner, attempt)}</span>
        <span className="muted small">
          {attempt.status !== null && `HTTP ${attempt.status} · `}
          <Moment at={attempt.at} />
        </span>
      </div>
      {attempt.responseBody !== '' && (
        <CodeBlock title={texts.body} text={readable(attempt.responseBody)} raw={attempt.responseBody} />
      )}
    </div>
  )
}

function sentenceOf(manner: Manner, { fault, faultText }: Attempt): string {
  if (manner !== 'wrong_signature')
    return fault === null ? texts.acknowledged : (faultWords(fault) ?? faultText ?? fault)
  if (fault === null) return texts.forgedTaken
  return fault === 'no_answer' ? texts.forgedUnheard : texts.forgedRefused
}
