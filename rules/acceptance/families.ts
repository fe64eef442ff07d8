/** What a partner did in AMS, in the words of APS: so a case is written down once for both families. */
import type { Family } from '../interfaces.ts'
import { type Json, part, text } from './evidence.ts'

const APIS: Partial<Record<string, string>> = {
  'payments/cancel': 'payments/cancelPayment',
  'authorizations/consult': 'authorizations/prepare',
  'authorizations/revoke': 'authorizations/cancelToken',
}

export function apiInAps(family: Family, api: string | null): string | null {
  return family === 'ams' && api !== null ? (APIS[api] ?? api) : api
}

const FACTORS: Record<string, string> = {
  CASHIER_PAYMENT: 'isCashierPayment',
  IN_STORE_PAYMENT: 'isInStorePayment',
  AGREEMENT_PAYMENT: 'isAgreementPayment',
}

/** The product stands in `paymentFactor`, the terminal in the order. */
export function requestInAps(family: Family, request: Json): Json {
  if (family === 'aps' || request.productCode === undefined) return request
  const factor = FACTORS[text(request.productCode)]
  const order = part(request, 'order')
  return {
    ...request,
    paymentFactor: { ...part(request, 'paymentFactor'), ...(factor === undefined ? {} : { [factor]: true }) },
    order: { ...order, env: Object.keys(part(request, 'env')).length > 0 ? request.env : order.env },
  }
}

const STATUSES: Record<string, 'S' | 'F' | 'U'> = { SUCCESS: 'S', FAIL: 'F', CANCELLED: 'F', PROCESSING: 'U' }

/** The outcome of an inquiry is an object. */
export function responseInAps(family: Family, response: Json): Json {
  const status = STATUSES[text(response.paymentStatus)]
  if (family === 'aps' || status === undefined) return response
  return { ...response, paymentResult: { resultStatus: status, resultCode: response.paymentResultCode } }
}

export function notificationInAps(family: Family, body: Json): Json {
  return family === 'aps' ? body : { ...body, paymentResult: body.result }
}
