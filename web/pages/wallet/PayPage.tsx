import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import { decideOrder, getOrder } from '../../../contract/wallet.ts'
import { moneyText } from '../../../rules/money.ts'
import type { PaymentState } from '../../../rules/payment.ts'
import { type ApiError, query, useLive, useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import type { At, Loader } from '../../page.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Moment } from '../../ui/Moment.tsx'
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
    <Phone title={texts.title} walletName={order.walletName}>
      <div className={classes.bill}>
        <span className="muted small">{texts.payTo}</span>
        <strong className="break">{order.merchantName}</strong>
        <span className={classes.amount}>{amount}</span>
        <span className="muted break">{order.orderDescription}</span>
      </div>
      {order.state === 'PAYING' ? (
        <Decision at={at} order={order} onDecided={sendBack} />
      ) : (
        <Outcome state={order.state} redirectUrl={order.redirectUrl} isLeaving={isLeaving} />
      )}
    </Phone>
  )
}

type Order = Output<typeof getOrder>

type DecisionProps = { at: At; order: Order; onDecided: (redirectUrl: string | null) => void }

function Decision({ at, order, onDecided }: DecisionProps) {
  const decide = useSend(decideOrder, ({ redirectUrl }) => onDecided(redirectUrl))
  const send = (decision: 'pay' | 'decline') => decide.mutate({ ...orderOf(at), body: { decision } })
  const chosen = decide.isPending ? decide.variables.body.decision : undefined
  return (
    <div className="stack">
      {decide.error && <ProblemNotice problem={decide.error.problem} />}
      <dl className={classes.facts}>
        <dt>{texts.payWith}</dt>
        <dd>{order.walletName}</dd>
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

type OutcomeProps = { state: keyof typeof ICONS; redirectUrl: string | null; isLeaving: boolean }

function Outcome({ state, redirectUrl, isLeaving }: OutcomeProps) {
  return (
    <div className={classes.outcome} data-state={state} role="status">
      <span className={classes.sign}>
        <Icon name={ICONS[state]} size={30} />
      </span>
      <h2>{texts.states[state].title}</h2>
      <p className="muted">{texts.states[state].text}</p>
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

export function Failed({ error }: { error: ApiError }) {
  const isUnknown = error.status === 404 || error.status === 422
  return (
    <Phone title={isUnknown ? texts.unknown : texts.title}>
      {isUnknown ? <p>{texts.unknownText}</p> : <ProblemNotice problem={error.problem} />}
    </Phone>
  )
}

function Phone({ title, walletName, children }: { title: string; walletName?: string; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <title>{title}</title>
      <main id="main" tabIndex={-1} className={classes.phone}>
        <header className={classes.head}>
          <Icon name="wallet" size={24} />
          <div>
            <h1>{title}</h1>
            {walletName && <span className="mono small">{walletName}</span>}
          </div>
        </header>
        <p className={classes.band}>{texts.testOnly}</p>
        <div className={classes.body}>{children}</div>
      </main>
    </div>
  )
}
