/** Which product a `pay` is for, by its paymentFactor, and what the product asks for in addition. */
import type { PayRequest } from '../../contract/gateway.ts'
import type { Family } from '../../rules/interfaces.ts'
import type { ServedProduct } from '../../rules/payment.ts'
import type { Client } from './clients.ts'
import { GatewayRefusal, illegal } from './refusal.ts'

export function productOf({ paymentFactor }: PayRequest): ServedProduct {
  if (paymentFactor?.isAgreementPayment) throw new GatewayRefusal('BUSINESS_NOT_SUPPORT')
  if (paymentFactor?.isInStorePayment) {
    const scenario = paymentFactor.inStorePaymentScenario
    if (scenario === 'PaymentCode') return 'user_presented'
    if (scenario === 'OrderCode' || scenario === 'EntryCode') throw new GatewayRefusal('BUSINESS_NOT_SUPPORT')
    throw illegal('paymentFactor.inStorePaymentScenario', 'must be PaymentCode, OrderCode or EntryCode')
  }
  if (paymentFactor?.isCashierPayment) return 'cashier'
  throw illegal('paymentFactor.isCashierPayment', 'or paymentFactor.isInStorePayment must be true')
}

export function ensureProduct(client: Client, product: ServedProduct, request: PayRequest, family: Family): void {
  if (!client.products.includes(product)) throw new GatewayRefusal('ACCESS_DENIED')
  if (product === 'cashier') ensureTerminal(request, family === 'ams' ? 'env' : 'order.env')
  else ensureShop(request)
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

function ensureShop({ order, paymentMethod }: PayRequest): void {
  if (!order.merchant?.store) throw illegal('order.merchant.store', 'is needed for a payment in a shop')
  if (!paymentMethod.paymentMethodId) throw illegal('paymentMethod.paymentMethodId', 'must be the payment code')
}
