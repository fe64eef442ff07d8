import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { Link } from 'wouter'
import { listExchanges } from '../../../contract/log.ts'
import { REFUNDABLE } from '../../../rules/payment.ts'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Moment } from '../../ui/Moment.tsx'
import { amountFault, shown, typed, wireAmount } from './amounts.ts'
import { DoneView } from './DoneView.tsx'
import classes from './merchant.module.css'
import { type Act, type Transaction, useMerchant } from './merchant.ts'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'

type Props = Chosen & { item: Transaction }

/** What can be done with one payment, and the calls that were made about it. */
export function TransactionDetails({ item, ...chosen }: Props) {
  const { act, isBusy, done } = useMerchant(chosen)
  const left = BigInt(item.amount.value) - BigInt(item.refunded.value)
  const isRefundable = left > 0n && REFUNDABLE.includes(item.state)
  const ask = (action: 'query' | 'cancel') => void act({ action, payment: item })
  return (
    <div className={classes.details}>
      <code className="break small">{item.paymentRequestId}</code>
      {item.refunded.value !== '0' && <span className="small">{texts.refunded(shown(item.refunded))}</span>}
      <div className="row">
        {item.payUrl !== null && (
          <Button component="a" href={item.payUrl} target="_blank" rel="noreferrer" size="sm">
            {texts.payNow}
          </Button>
        )}
        <Button variant="default" size="sm" disabled={isBusy} onClick={() => ask('query')}>
          {texts.query}
        </Button>
        {item.word !== 'CANCELLED' && (
          <Button variant="default" size="sm" disabled={isBusy} onClick={() => ask('cancel')}>
            {texts.cancel}
          </Button>
        )}
      </div>
      {isRefundable && <Refund key={String(left)} item={item} left={left} isBusy={isBusy} act={act} />}
      {done && <DoneView applicationId={chosen.applicationId} done={done} />}
      <Calls applicationId={chosen.applicationId} item={item} />
    </div>
  )
}

type RefundProps = { item: Transaction; left: bigint; isBusy: boolean; act: (wish: Act) => Promise<void> }

/** All that is left, unless less is typed. */
function Refund({ item, left, isBusy, act }: RefundProps) {
  const { currency } = item.amount
  const rest = { currency, value: String(left) }
  const [amount, setAmount] = useState(() => typed(rest))
  const [fault, setFault] = useState<string | null>(null)
  const give = (event: SyntheticEvent) => {
    event.preventDefault()
    const wrong = amountFault(amount, currency)
    const isTooLarge = wrong === null && BigInt(wireAmount(amount, currency).value) > left
    setFault(isTooLarge ? texts.refundTooLarge(shown(rest)) : wrong)
    if (wrong !== null || isTooLarge) return
    void act({ action: 'refund', payment: item, amount: wireAmount(amount, currency) })
  }
  return (
    <form className={classes.refund} noValidate onSubmit={give}>
      <TextInput
        label={texts.refundAmount(currency)}
        inputMode="decimal"
        autoComplete="off"
        value={amount}
        error={fault}
        onChange={({ currentTarget }) => setAmount(currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={isBusy}>
        {texts.refund}
      </Button>
    </form>
  )
}

const CALLS_SHOWN = 20
const POLL_MS = 2000

/** The newest of the log that were about this payment. */
function Calls({ applicationId, item: { paymentRequestId } }: { applicationId: string; item: Transaction }) {
  const asked = { params: { applicationId }, query: { search: paymentRequestId, limit: CALLS_SHOWN } }
  const { data } = useQuery({ ...query(listExchanges, asked), refetchInterval: POLL_MS })
  if (data === undefined) return null
  return (
    <>
      <h3 className="small">{texts.calls}</h3>
      {data.items.length === 0 && <p className="muted small">{texts.noCalls}</p>}
      <ul className={classes.calls}>
        {data.items.map((call) => (
          <li key={call.id}>
            <Link href={paths.requests(applicationId, { search: paymentRequestId, exchange: call.id })}>
              {call.api ?? call.uri}
            </Link>
            <span className="muted small">
              <Moment at={call.at} within />
            </span>
            <span className="small">
              {call.resultCode} · {texts.signatures[call.signature]}
            </span>
            <span className="muted small">{texts.direction[call.direction]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
