/** What a partner did in AMS, in the words of APS: so a case is written down once for both families. */
import type { Family } from '../interfaces.ts'
import { type Json, part, text } from './evidence.ts'

const APIS = new Map([
  ['payments/cancel', 'payments/cancelPayment'],
  ['authorizations/consult', 'authorizations/prepare'],
  ['authorizations/revoke', 'authorizations/cancelToken'],
])

export function apiInAps(family: Family, api: string | null): string | null {
  return family === 'ams' && api !== null ? (APIS.get(api) ?? api) : api
}

const FLAGS = new Map([
  ['CASHIER_PAYMENT', 'isCashierPayment'],
  ['IN_STORE_PAYMENT', 'isInStorePayment'],
  ['AGREEMENT_PAYMENT', 'isAgreementPayment'],
])

/** The product code alone says the product, as contract/gateway-ams.ts reads it; the terminal stands in the order. */
export function requestInAps(family: Family, request: Json): Json {
  if (family === 'aps' || request.productCode === undefined) return request
  const flag = FLAGS.get(text(request.productCode))
  const { inStorePaymentScenario, isPaymentEvaluation } = part(request, 'paymentFactor')
  const order = part(request, 'order')
  return {
    ...request,
    paymentFactor: { inStorePaymentScenario, isPaymentEvaluation, ...(flag === undefined ? {} : { [flag]: true }) },
    order: { ...order, env: Object.keys(part(request, 'env')).length > 0 ? request.env : order.env },
  }
}

const STATUSES = new Map([
  ['SUCCESS', 'S'],
  ['FAIL', 'F'],
  ['CANCELLED', 'F'],
  ['PROCESSING', 'U'],
])

/** The outcome of an inquiry is an object. */
export function responseInAps(family: Family, response: Json): Json {
  const resultStatus = STATUSES.get(text(response.paymentStatus))
  if (family === 'aps' || resultStatus === undefined) return response
  return { ...response, paymentResult: { resultStatus, resultCode: response.paymentResultCode } }
}

export function notificationInAps(family: Family, body: Json): Json {
  return family === 'aps' ? body : { ...body, paymentResult: body.result }
}
