/** `consultPayment`: which wallets a cashier may show for an amount. It starts nothing, and promises nothing. */
import type { ConsultRequest } from '../../contract/gateway.ts'
import { resultOf, type ResultCode } from '../../rules/results.ts'
import { agreedFor } from '../../rules/simulator.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Ctx } from '../context.ts'
import type { Client } from './clients.ts'
import type { Prepared } from './payments.ts'
import { ensureHas } from './products.ts'
import { GatewayRefusal } from './refusal.ts'

export async function consult(ctx: Ctx, client: Client, request: ConsultRequest): Promise<Prepared> {
  const { paymentFactor } = request
  if (paymentFactor?.isInStorePayment || paymentFactor?.isAgreementPayment)
    throw new GatewayRefusal(
      'consult.not_a_cashier',
      'Wallets are shown by a cashier only: paymentFactor.isCashierPayment.',
    )
  ensureHas(client, 'cashier')
  const reason = whyNot(request)
  const logoUrl = `${ctx.config.origin}/favicon.svg`
  const option = {
    paymentMethodType: 'CONNECT_WALLET',
    paymentMethodCategory: 'WALLET',
    enabled: reason === undefined,
    preferred: false,
    ...(reason === undefined ? {} : { disableReason: reason }),
    logo: { logoName: TEST_WALLET.name, logoUrl },
    paymentOptionDetail: {
      paymentOptionDetailType: 'CONNECT_WALLET',
      connectWallet: { supportWallets: [walletFacts(logoUrl)] },
    },
  }
  const expected = {
    body: JSON.stringify({ result: resultOf('SUCCESS'), paymentOptions: [option] }),
    paymentRequestId: null,
    paymentId: null,
  }
  return { expected, apply: async () => expected }
}

/** What `pay` would be refused for; undefined where the wallet may be shown. */
function whyNot({ paymentAmount, payToAmount, allowedPspRegions }: ConsultRequest): ResultCode | undefined {
  const isElsewhere = allowedPspRegions?.length && !allowedPspRegions.includes(TEST_WALLET.region)
  return isElsewhere ? 'UNAVAILABLE_PAYMENT_METHOD' : agreedFor(payToAmount ?? paymentAmount)?.refused
}

function walletFacts(logoUrl: string) {
  return {
    walletName: TEST_WALLET.name,
    walletBrandName: TEST_WALLET.name,
    walletLogo: { logoName: TEST_WALLET.name, logoUrl },
    walletRegion: TEST_WALLET.region,
    walletFeature: { supportCodeScan: true, supportCashierRedirection: true },
  }
}
