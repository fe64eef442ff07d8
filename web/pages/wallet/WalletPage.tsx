import { getWallet } from '../../../contract/wallet.ts'
import { type ApiError, query, useLive } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Agreements } from './Agreements.tsx'
import { LastPayments } from './LastPayments.tsx'
import { PaymentCode } from './PaymentCode.tsx'
import { Phone } from './Phone.tsx'
import { ReadCode } from './ReadCode.tsx'
import { texts } from './texts.ts'
import { WaitingOrder } from './WaitingOrder.tsx'

/** Often enough that a merchant's scan shows while the payer still looks at the screen. */
const POLL_MS = 1500

const walletOf = ({ params: { secret } }: At) => ({ params: { secret } })

export const loader: Loader = (at) => [query(getWallet, walletOf(at))]

export function Page(at: At) {
  const { data: wallet } = useLive(POLL_MS, getWallet, walletOf(at))
  return (
    <Phone title={texts.title} detail={`${wallet.walletName} · ${wallet.applicationName}`}>
      {wallet.waiting.map((order) => (
        <WaitingOrder key={order.paymentId} order={order} />
      ))}
      {wallet.showsCodes && <PaymentCode secret={at.params.secret} code={wallet.code} now={wallet.now} />}
      {wallet.readsCodes && <ReadCode secret={at.params.secret} />}
      {!wallet.showsCodes && !wallet.readsCodes && <p className="muted">{texts.noCodes}</p>}
      <Agreements secret={at.params.secret} agreements={wallet.agreements} />
      <LastPayments payments={wallet.payments} />
    </Phone>
  )
}

export function Failed({ error }: { error: ApiError }) {
  const isUnknown = error.status === 404 || error.status === 422
  return (
    <Phone title={isUnknown ? texts.unknownWallet : texts.title}>
      {isUnknown ? <p>{texts.unknownWalletText}</p> : <ProblemNotice problem={error.problem} />}
    </Phone>
  )
}
