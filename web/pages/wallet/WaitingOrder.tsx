import { Button } from '@mantine/core'
import { decideOrder } from '../../../contract/wallet.ts'
import { moneyText } from '../../../rules/money.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts } from './texts.ts'
import classes from './wallet-code.module.css'
import type { Wallet } from './wallet.ts'

/** An order in a shop that the wallet asks its payer about, though he showed a code. */
export function WaitingOrder({ order }: { order: Wallet['waiting'][number] }) {
  const decide = useSend(decideOrder)
  const { paymentId, secret } = order
  const send = (decision: 'pay' | 'decline') => decide.mutate({ params: { paymentId, secret }, body: { decision } })
  const chosen = decide.isPending ? decide.variables.body.decision : undefined
  const amount = moneyText({ currency: order.amount.currency, amountMinor: BigInt(order.amount.value) })
  return (
    <section className={classes.waiting} aria-label={texts.confirmOrder}>
      <span className="small">{texts.confirmOrder}</span>
      <strong className={classes.waitingAmount}>{amount}</strong>
      <span className="break">{order.merchantName}</span>
      <span className="muted small break">{order.orderDescription}</span>
      {decide.error && <ProblemNotice problem={decide.error.problem} />}
      <div className={classes.choice}>
        <Button size="md" loading={chosen === 'pay'} disabled={chosen === 'decline'} onClick={() => send('pay')}>
          {texts.payNow}
        </Button>
        <Button
          size="md"
          variant="default"
          loading={chosen === 'decline'}
          disabled={chosen === 'pay'}
          onClick={() => send('decline')}
        >
          {texts.decline}
        </Button>
      </div>
    </section>
  )
}
