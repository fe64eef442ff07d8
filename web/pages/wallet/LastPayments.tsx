import { moneyText } from '../../../rules/money.ts'
import { paths } from '../../paths.ts'
import { Moment } from '../../ui/Moment.tsx'
import { texts } from './texts.ts'
import classes from './wallet-code.module.css'
import type { Wallet } from './wallet.ts'

export function LastPayments({ payments }: { payments: Wallet['payments'] }) {
  return (
    <section className={classes.section} aria-label={texts.lastPayments}>
      <h2>{texts.lastPayments}</h2>
      {payments.length === 0 ? (
        <p className="muted">{texts.noPayments}</p>
      ) : (
        <ul className={classes.list}>
          {payments.map((payment) => (
            <li key={payment.paymentId}>
              <a className={classes.payment} href={paths.walletOrder(payment)}>
                <span className={classes.what}>
                  <strong className="break">{payment.merchantName}</strong>
                  <span className="muted small">
                    <Moment at={payment.at} within />
                  </span>
                </span>
                <span className={classes.much}>
                  <strong>
                    {moneyText({ currency: payment.amount.currency, amountMinor: BigInt(payment.amount.value) })}
                  </strong>
                  <span className={classes.state} data-state={payment.state}>
                    {texts.words[payment.state]}
                  </span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
