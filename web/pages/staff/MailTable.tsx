import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { resendMail } from '../../../contract/mail.ts'
import type { MailState } from '../../../rules/mail.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { docs, type MailView, paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { listed, numberOf } from '../../language.ts'
import { isMailFiltered, type Mail } from './mail-view.ts'
import classes from './mail.module.css'
import { texts } from './mail-texts.ts'

const TONES: Record<MailState, 'good' | 'bad' | 'wait' | 'plain'> = {
  queued: 'wait',
  sent: 'good',
  refused: 'bad',
  given_up: 'bad',
  expired: 'bad',
  dropped: 'plain',
}

export function MailTable({ items, view }: { items: readonly Mail[]; view: MailView }) {
  const resend = useSend(resendMail, () => toast(texts.resent))
  if (items.length === 0) return <Empty isFiltered={isMailFiltered(view)} />
  return (
    <>
      {resend.error && <ProblemNotice problem={resend.error.problem} />}
      <DataTable
        caption={texts.mails}
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.time, cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { title: texts.to, cell: (mail) => <Recipients mail={mail} />, wide: true },
          { title: texts.kind, cell: ({ kind }) => texts.kinds[kind], wide: true },
          { title: texts.state, cell: (mail) => <Fate mail={mail} />, wide: true },
          { title: texts.attempts, cell: ({ attempts }) => numberOf(attempts), numeric: true },
          {
            title: texts.actions,
            cell: ({ id, recipient, isResendable }) =>
              isResendable && (
                <MayButton
                  needs="staff.mail.send"
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.resendTo(recipient)}
                  onClick={() => resend.mutate({ params: { mailId: id } })}
                >
                  {texts.resend}
                </MayButton>
              ),
          },
        ]}
      />
    </>
  )
}

/** What became of it, in the server's own words where it said any, and what comes next. */
function Fate({ mail: { state, words, nextAt, attempts, perhapsTwice } }: { mail: Mail }) {
  return (
    <span className={classes.fate}>
      <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord>
      {words && <span className="small">{words}</span>}
      {nextAt && attempts > 0 && (
        <span className="muted small">
          {texts.next} <Moment at={nextAt} />
        </span>
      )}
      {perhapsTwice && <span className="muted small">{texts.twice}</span>}
    </span>
  )
}

function Recipients({ mail: { recipient, copies, subject } }: { mail: Mail }) {
  return (
    <span>
      <span className={classes.recipient}>{recipient}</span>
      {copies.length > 0 && <div className="muted small">{texts.copies(listed(copies))}</div>}
      <div className="muted small">{subject}</div>
    </span>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered)
    return (
      <EmptyState kind="nothing-yet" title={texts.none} action={<a href={docs.operate}>{texts.guide}</a>}>
        {texts.noneWhy}
      </EmptyState>
    )
  const clear = (
    <Button component={Link} href={paths.staffMail()} variant="default" size="xs">
      {texts.clear}
    </Button>
  )
  return (
    <EmptyState kind="nothing-matches" title={texts.nothingMatches} action={clear}>
      {texts.nothingMatchesWhy}
    </EmptyState>
  )
}
