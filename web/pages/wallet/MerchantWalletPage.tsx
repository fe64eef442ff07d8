import { Button } from '@mantine/core'
import { Redirect, useLocation } from 'wouter'
import { getMerchantWallet, logOutOfWallet } from '../../../contract/wallet.ts'
import { type ApiError, query, queryClient, useLive, useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import type { Loader } from '../../page.ts'
import { paths } from '../../paths.ts'
import { Agreements } from './Agreements.tsx'
import { LastPayments } from './LastPayments.tsx'
import { PaymentCode } from './PaymentCode.tsx'
import { Phone } from './Phone.tsx'
import { ReadCode } from './ReadCode.tsx'
import { texts } from './texts.ts'
import { WaitingOrder } from './WaitingOrder.tsx'

/** As in the wallet of the application. */
const POLL_MS = 1500

export const loader: Loader = () => [query(getMerchantWallet)]

/** The Test Wallet of one merchant: shows payment codes, pays, and lists what was paid. */
export function Page() {
  const { data: wallet } = useLive(POLL_MS, getMerchantWallet)
  const [, navigate] = useLocation()
  const logOut = useSend(logOutOfWallet, () => {
    navigate(paths.walletLogIn(), { replace: true, state: null })
    queryClient.removeQueries({ queryKey: query(getMerchantWallet).queryKey })
  })
  return (
    <Phone title={wallet.merchant.name} detail={`${wallet.walletName} · ${wallet.applicationName}`}>
      {wallet.waiting.map((order) => (
        <WaitingOrder key={order.paymentId} order={order} />
      ))}
      {wallet.showsCodes && <PaymentCode code={wallet.code} now={wallet.now} />}
      {wallet.readsCodes && <ReadCode />}
      <p className="muted">{texts.onlinePayments}</p>
      <Agreements agreements={wallet.agreements} />
      <LastPayments payments={wallet.payments} />
      {logOut.error && <ProblemNotice problem={logOut.error.problem} />}
      <Button variant="default" loading={logOut.isPending} onClick={() => logOut.mutate({})}>
        {texts.logOut}
      </Button>
    </Phone>
  )
}

export function Failed({ error }: { error: ApiError }) {
  if (error.problem.code === 'wallet.not_logged_in') return <Redirect to={paths.walletLogIn()} replace />
  return (
    <Phone title={texts.title}>
      <ProblemNotice problem={error.problem} />
    </Phone>
  )
}
