/** Which product a `pay` is for, by its paymentFactor, and what the product asks for in addition. */
import { type PayRequest, SCENARIOS, type Scenario } from '../../contract/gateway.ts'
import type { Family } from '../../rules/interfaces.ts'
import type { ServedProduct } from '../../rules/payment.ts'
import type { Client } from './clients.ts'
import { GatewayRefusal, illegal } from './refusal.ts'

/** The product that a `pay` is for, and in a shop whose code is read. */
export type Wanted = { product: ServedProduct; scenario: Scenario | null }

export function wantedBy({ paymentFactor, paymentMethod }: PayRequest): Wanted {
  // A token without any flag is an agreement too: the documents leave the flag of acquirers open.
  const hasFlag = paymentFactor?.isInStorePayment || paymentFactor?.isCashierPayment
  if (paymentFactor?.isAgreementPayment || (!hasFlag && paymentMethod.paymentMethodId)) {
    return { product: 'auto_debit', scenario: null }
  }
  if (paymentFactor?.isInStorePayment) {
    const scenario = SCENARIOS.find((name) => name === paymentFactor.inStorePaymentScenario)
    if (scenario === undefined) {
      throw illegal('paymentFactor.inStorePaymentScenario', `must be ${SCENARIOS.join(', ')}`)
    }
    return { product: scenario === 'PaymentCode' ? 'user_presented' : 'merchant_presented', scenario }
  }
  if (paymentFactor?.isCashierPayment) return { product: 'cashier', scenario: null }
  throw illegal(
    'paymentFactor.isCashierPayment',
    'paymentFactor.isInStorePayment or paymentFactor.isAgreementPayment must be true',
  )
}

export function ensureProduct(client: Client, wanted: Wanted, request: PayRequest, family: Family): void {
  if (!client.products.includes(wanted.product)) throw new GatewayRefusal('ACCESS_DENIED')
  const env = family === 'ams' ? 'env' : 'order.env'
  if (wanted.product === 'cashier') ensureTerminal(request, env)
  if (wanted.product === 'auto_debit' && !request.paymentMethod.paymentMethodId) {
    throw illegal('paymentMethod.paymentMethodId', 'must be the access token')
  }
  if (wanted.scenario === 'PaymentCode') ensurePaymentCode(request)
  if (wanted.scenario === 'PaymentCode' || wanted.scenario === 'EntryCode') ensureStore(request)
  if (wanted.scenario === 'EntryCode' && !request.order.env?.userAgent) {
    throw illegal(`${env}.userAgent`, 'is needed: it says which wallet the payer reads the code with')
  }
}

function ensureTerminal({ order }: PayRequest, at: string): void {
  const terminal = order.env?.terminalType
  if (!['WEB', 'APP', 'WAP', 'MINI_APP'].includes(terminal ?? '')) {
    throw illegal(`${at}.terminalType`, 'must be WEB, APP, WAP or MINI_APP')
  }
  if ((terminal === 'APP' || terminal === 'WAP') && !['IOS', 'ANDROID'].includes(order.env?.osType ?? '')) {
    throw illegal(`${at}.osType`, 'must be IOS or ANDROID when terminalType is APP or WAP')
  }
}

function ensureStore({ order }: PayRequest): void {
  if (!order.merchant?.store) throw illegal('order.merchant.store', 'is needed for a payment in a shop')
}

function ensurePaymentCode({ paymentMethod }: PayRequest): void {
  if (!paymentMethod.paymentMethodId) throw illegal('paymentMethod.paymentMethodId', 'must be the payment code')
}
