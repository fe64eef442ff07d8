import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import { decideOrder, getOrder } from '../../../contract/wallet.ts'
import { moneyText } from '../../../rules/money.ts'
import type { PaymentState } from '../../../rules/payment.ts'
import { type ApiError, query, useLive, useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import type { At, Loader } from '../../page.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Disputes } from './Disputes.tsx'
import { Phone } from './Phone.tsx'
import { texts } from './texts.ts'
import classes from './wallet.module.css'

/** Often enough that an order which expires in front of the payer closes there too. */
const POLL_MS = 5000

/** Long enough to read the outcome before the payer is sent back to the merchant. */
const READ_MS = 3000

const orderOf = ({ params: { paymentId, secret } }: At) => ({ params: { paymentId, secret } })

export const loader: Loader = (at) => [query(getOrder, orderOf(at))]

export function Page(at: At) {
  const { data: order } = useLive(POLL_MS, getOrder, orderOf(at))
  const [isLeaving, setLeaving] = useState(false)
  const sendBack = (redirectUrl: string | null) => {
    if (redirectUrl === null) return
    setLeaving(true)
    setTimeout(() => window.location.assign(redirectUrl), READ_MS)
  }
  const amount = moneyText({ currency: order.amount.currency, amountMinor: BigInt(order.amount.value) })
  return (
    <Phone title={texts.title} detail={order.walletName}>
      <div className={classes.bill}>
        <span className="muted small">{texts.payTo}</span>
        <strong className="break">{order.merchantName}</strong>
        <span className={classes.amount}>{amount}</span>
        <span className="muted break">{order.orderDescription}</span>
      </div>
      {order.state !== 'PAYING' ? (
        <>
          <Outcome order={order} state={order.state} isLeaving={isLeaving} />
          <Disputes params={orderOf(at).params} order={order} />
        </>
      ) : order.isProcessing ? (
        <Processing />
      ) : (
        <Decision at={at} order={order} onDecided={sendBack} />
      )}
    </Phone>
  )
}

type Order = Output<typeof getOrder>

type DecisionProps = { at: At; order: Order; onDecided: (redirectUrl: string | null) => void }

function Decision({ at, order, onDecided }: DecisionProps) {
  // Who still waits for the wallet stays here to see the outcome.
  const decide = useSend(decideOrder, ({ redirectUrl, isProcessing }) => onDecided(isProcessing ? null : redirectUrl))
  const send = (decision: 'pay' | 'decline') => decide.mutate({ ...orderOf(at), body: { decision } })
  const chosen = decide.isPending ? decide.variables.body.decision : undefined
  return (
    <div className="stack">
      {decide.error && <ProblemNotice problem={decide.error.problem} />}
      <dl className={classes.facts}>
        <dt>{texts.payWith}</dt>
        <dd>{order.payerName ?? order.walletName}</dd>
        <dt>{texts.validUntil}</dt>
        <dd>
          <Moment at={order.expiresAt} />
        </dd>
      </dl>
      <Button size="lg" loading={chosen === 'pay'} disabled={chosen === 'decline'} onClick={() => send('pay')}>
        {texts.payNow}
      </Button>
      <Button
        size="lg"
        variant="default"
        loading={chosen === 'decline'}
        disabled={chosen === 'pay'}
        onClick={() => send('decline')}
      >
        {texts.decline}
      </Button>
    </div>
  )
}

const ICONS: Record<Exclude<PaymentState, 'PAYING'>, IconName> = {
  SUCCESS: 'check',
  FAILED: 'close',
  CLOSED: 'clock',
  CANCELLED: 'close',
  PARTIALLY_REFUNDED: 'check',
  REFUNDED: 'check',
}

function Processing() {
  return (
    <div className={classes.outcome} role="status">
      <span className={classes.sign}>
        <Icon name="clock" size={30} />
      </span>
      <h2>{texts.processing.title}</h2>
      <p className="muted">{texts.processing.text}</p>
    </div>
  )
}

type OutcomeProps = { order: Order; state: keyof typeof ICONS; isLeaving: boolean }

function Outcome({ order: { redirectUrl, failure }, state, isLeaving }: OutcomeProps) {
  const reason = reasonOf(failure)
  return (
    <div className={classes.outcome} data-state={state} role="status">
      <span className={classes.sign}>
        <Icon name={ICONS[state]} size={30} />
      </span>
      <h2>{reason === undefined ? texts.states[state].title : texts.failed}</h2>
      <p className="muted">{reason ?? texts.states[state].text}</p>
      {isLeaving && <p>{texts.leaving}</p>}
      {redirectUrl === null ? (
        <p>{texts.closeWindow}</p>
      ) : (
        <Button component="a" href={redirectUrl} size="md">
          {texts.back}
        </Button>
      )}
    </div>
  )
}

/** Why the wallet refused; undefined where the payer declined himself, or nothing failed. */
function reasonOf(failure: Order['failure']): string | undefined {
  const reasons: Partial<Record<NonNullable<Order['failure']>, string>> = texts.failures
  return failure === null ? undefined : reasons[failure]
}

export function Failed({ error }: { error: ApiError }) {
  const isUnknown = error.status === 404 || error.status === 422
  return (
    <Phone title={isUnknown ? texts.unknown : texts.title}>
      {isUnknown ? <p>{texts.unknownText}</p> : <ProblemNotice problem={error.problem} />}
    </Phone>
  )
}
