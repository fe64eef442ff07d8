/** Which product a `pay` is for, by its paymentFactor, and what the product asks for in addition. */
import type { PayRequest } from '../../contract/gateway.ts'
import type { Family } from '../../rules/interfaces.ts'
import { type ProductId, productAsked, SCENARIOS, type Scenario } from '../../rules/products.ts'
import type { Client } from './clients.ts'
import { GatewayRefusal, illegal } from './refusal.ts'

/** The product that a `pay` is for, and in a shop whose code is read. */
export type Wanted = { product: ProductId; scenario: Scenario | null }

export function wantedBy({ paymentFactor, paymentMethod }: PayRequest): Wanted {
  const wanted = productAsked({
    isAgreementPayment: paymentFactor?.isAgreementPayment ?? false,
    isInStorePayment: paymentFactor?.isInStorePayment ?? false,
    isCashierPayment: paymentFactor?.isCashierPayment ?? false,
    inStorePaymentScenario: paymentFactor?.inStorePaymentScenario,
    hasMethodId: Boolean(paymentMethod.paymentMethodId),
  })
  if (wanted) return wanted
  if (paymentFactor?.isInStorePayment) {
    throw illegal('pay.scenario', 'paymentFactor.inStorePaymentScenario', `must be ${SCENARIOS.join(', ')}`)
  }
  throw illegal(
    'pay.no_product',
    'paymentFactor.isCashierPayment',
    'or isInStorePayment or isAgreementPayment must be true',
  )
}

/** Whatever a call is for, the application must have the product of it. */
export function ensureHas({ products }: Client, product: ProductId): void {
  if (!products.includes(product)) throw new GatewayRefusal('product.not_added')
}

export function ensureProduct(client: Client, wanted: Wanted, request: PayRequest, family: Family): void {
  ensureHas(client, wanted.product)
  const env = family === 'ams' ? 'env' : 'order.env'
  if (wanted.product === 'cashier') ensureTerminal(request, env)
  if (wanted.product === 'auto_debit' && !request.paymentMethod.paymentMethodId) {
    throw illegal('pay.token_missing', 'paymentMethod.paymentMethodId', 'must be the access token')
  }
  // AMS knows by the token whose it is.
  if (
    wanted.product === 'auto_debit' &&
    family === 'aps' &&
    !request.paymentMethod.paymentMethodMetaData?.authClientId
  ) {
    const path = 'paymentMethod.paymentMethodMetaData.authClientId'
    throw illegal('pay.auth_client_missing', path, 'must be the client that the token was given to')
  }
  if (wanted.scenario === 'PaymentCode') ensurePaymentCode(request)
  if (wanted.scenario === 'PaymentCode' || wanted.scenario === 'EntryCode') ensureStore(request)
  if (wanted.scenario === 'EntryCode' && !request.order.env?.userAgent) {
    const why = 'is needed: it says which wallet the payer reads the code with'
    throw illegal('pay.user_agent_missing', `${env}.userAgent`, why)
  }
}

function ensureTerminal({ order }: PayRequest, at: string): void {
  const terminal = order.env?.terminalType
  if (!['WEB', 'APP', 'WAP', 'MINI_APP'].includes(terminal ?? '')) {
    throw illegal('pay.terminal_type', `${at}.terminalType`, 'must be WEB, APP, WAP or MINI_APP')
  }
  if ((terminal === 'APP' || terminal === 'WAP') && !['IOS', 'ANDROID'].includes(order.env?.osType ?? '')) {
    throw illegal('pay.os_type', `${at}.osType`, 'must be IOS or ANDROID when terminalType is APP or WAP')
  }
}

function ensureStore({ order }: PayRequest): void {
  if (!order.merchant?.store)
    throw illegal('pay.store_missing', 'order.merchant.store', 'is needed for a payment in a shop')
}

function ensurePaymentCode({ paymentMethod }: PayRequest): void {
  if (!paymentMethod.paymentMethodId)
    throw illegal('pay.code_missing', 'paymentMethod.paymentMethodId', 'must be the payment code')
}
