import { Link } from 'wouter'
import type { VerdictView } from '../../../contract/acceptance.ts'
import { DEMANDS } from '../../../rules/acceptance/demands.ts'
import { paths } from '../../paths.ts'
import classes from './acceptance.module.css'
import { demandTitle } from '../../parts/case-words.tsx'
import { texts } from './texts.ts'

/** The verdict: the rule first, then what it expected and what came, and where to look. */
export function VerdictLines({ applicationId, verdict }: { applicationId: string; verdict: VerdictView }) {
  const { rule, outcome, expected, received, exchange, notification } = verdict
  return (
    <div className={classes.verdict} data-outcome={outcome}>
      <strong>{demandTitle(rule)}</strong>
      <dl className={classes.values}>
        <dt>{texts.expected}</dt>
        <dd>{expected}</dd>
        <dt>{texts.received}</dt>
        <dd>{received}</dd>
      </dl>
      <div className="row small">
        {exchange && (
          <Link href={paths.requests(applicationId, { exchange, search: exchange, tab: 'summary' })}>
            {texts.seeCall}
          </Link>
        )}
        {notification && (
          <Link href={paths.notifications(applicationId, { search: notification, notification })}>
            {texts.seeNotification}
          </Link>
        )}
        <a href={DEMANDS[rule].docs}>{texts.seeDocs}</a>
      </div>
    </div>
  )
}
