import { listMails, mailHealth, sendTestMail } from '../../../contract/mail.ts'
import { mailStates } from '../../../rules/mail.ts'
import { query, useLive, useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { NoPermissionPage } from '../../parts/NoPermissionPage.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { useMay } from '../../parts/use-may.ts'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { numberOf } from '../../language.ts'
import { MailFilters } from './MailFilters.tsx'
import { MailTable } from './MailTable.tsx'
import { mailsWanted, mailViewOf } from './mail-view.ts'
import classes from './mail.module.css'
import { texts } from './mail-texts.ts'

/** The way of a mail takes seconds: often enough to see it go. */
const POLL_MS = 4000

export const loader: Loader = ({ me, search }) =>
  me?.staffPermissions.includes('staff.mail.view') ? [query(mailHealth), query(listMails, mailsWanted(search))] : []

/** Mail health: what became of each mail, and a test message. */
export function Page({ search }: At) {
  if (!useMay('staff.mail.view')) return <NoPermissionPage permission="staff.mail.view" />
  return <Mails search={search} />
}

function Mails({ search }: { search: URLSearchParams }) {
  const view = mailViewOf(search)
  const { data } = useLive(POLL_MS, listMails, mailsWanted(search))
  const test = useSend(sendTestMail, ({ recipient }) => toast(texts.testSent(recipient)))
  return (
    <>
      <PageHead
        title={texts.title}
        actions={
          <MayButton needs="staff.mail.send" loading={test.isPending} onClick={() => test.mutate({})}>
            {texts.sendTest}
          </MayButton>
        }
      >
        {texts.lead}
      </PageHead>
      <div className="stack">
        {test.error && <ProblemNotice problem={test.error.problem} />}
        <Health />
        <MailFilters view={view} />
        <Panel title={texts.mails} flush>
          <MailTable items={data.items} view={view} />
        </Panel>
        <Pager
          older={data.nextCursor && paths.staffMail({ ...view, cursor: data.nextCursor })}
          newest={view.cursor ? paths.staffMail({ ...view, cursor: '' }) : null}
        />
      </div>
    </>
  )
}

function Health() {
  const { lastDay, waiting, oldestWaitingAt } = useLive(POLL_MS, mailHealth).data
  return (
    <Panel title={texts.health}>
      <dl className={classes.health}>
        {mailStates.map((state) => (
          <div key={state} className={classes.figure}>
            <dt>{texts.states[state]}</dt>
            <dd>{numberOf(lastDay[state])}</dd>
          </div>
        ))}
        <div className={classes.figure}>
          <dt>{texts.waiting}</dt>
          <dd>{numberOf(waiting)}</dd>
        </div>
        <div className={classes.figure}>
          <dt>{texts.oldest}</dt>
          <dd className={classes.moment}>
            {oldestWaitingAt ? <Moment at={oldestWaitingAt} /> : <span className="muted">{texts.nothingWaits}</span>}
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
