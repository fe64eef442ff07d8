/**
 * The two families of interfaces that the gateway speaks. Signing, headers and `result` are the same; paths, field names and some
 * codes differ. Stated in docs/guide/families.md.
 */
import type { ResultCode } from './results.ts'

export const FAMILIES = {
  aps: { title: 'APS', prefixes: ['/aps/api/v1/'], signsAcknowledgements: true },
  ams: { title: 'AMS', prefixes: ['/ams/api/v1/', '/ams/sandbox/api/v1/'], signsAcknowledgements: false },
} as const

export type Family = keyof typeof FAMILIES
export const families = Object.keys(FAMILIES) as [Family, ...Family[]] // keys of a constant

/** The interfaces that partners call, by family, in the order in which they are shown. */
export const GATEWAY_APIS = {
  aps: [
    'payments/pay',
    'payments/consultPayment',
    'payments/inquiryPayment',
    'payments/cancelPayment',
    'payments/refund',
    'authorizations/prepare',
    'authorizations/applyToken',
    'authorizations/cancelToken',
    'merchants/registration',
    'merchants/inquiryRegistrationStatus',
    'disputes/responseRetrieval',
    'disputes/responseEscalation',
    'codes/getPaymentCode',
    'payments/userInitiatedPay',
    'payments/notifyPayment',
    'disputes/initiateRetrieval',
    'disputes/initiateEscalation',
  ],
  ams: [
    'payments/pay',
    'payments/consult',
    'payments/inquiryPayment',
    'payments/cancel',
    'payments/refund',
    'payments/inquiryRefund',
    'authorizations/consult',
    'authorizations/applyToken',
    'authorizations/revoke',
    'merchants/registration',
    'merchants/inquiryRegistrationStatus',
  ],
} as const satisfies Record<Family, readonly string[]>

/** Those of APS that wallets call; all others are called by acquirers. */
const OF_WALLETS: readonly string[] = [
  'codes/getPaymentCode',
  'payments/userInitiatedPay',
  'payments/notifyPayment',
  'disputes/initiateRetrieval',
  'disputes/initiateEscalation',
] satisfies (typeof GATEWAY_APIS)['aps'][number][]

/** Whose side of a payment an interface is for. */
export const sideOf = (family: Family, api: string): 'acquirer' | 'wallet' =>
  family === 'aps' && OF_WALLETS.includes(api) ? 'wallet' : 'acquirer'

export type GatewayApi<F extends Family> = (typeof GATEWAY_APIS)[F][number]

/** Family and name of the interface that a path names; undefined where it lies below no prefix. */
export function interfaceAt(uri: string): { family: Family; api: string } | undefined {
  const [path = ''] = uri.split('?', 1)
  for (const family of families) {
    const prefix = FAMILIES[family].prefixes.find((start) => path.startsWith(start))
    if (prefix !== undefined) return { family, api: path.slice(prefix.length) }
  }
  return undefined
}

/** The family that an answer is worded in: that of the path, and APS where the path is of neither. */
export function familyOf(uri: string): Family {
  return uri.startsWith('/ams/') ? 'ams' : 'aps'
}

/** What APS calls a refusal that AMS tells apart more finely. */
export const IN_APS: Partial<Record<ResultCode, ResultCode>> = {
  UNKNOWN_CLIENT: 'INVALID_CLIENT',
  INVALID_CLIENT_STATUS: 'INVALID_CLIENT',
}

export function codeIn(family: Family, code: ResultCode): ResultCode {
  return family === 'aps' ? (IN_APS[code] ?? code) : code
}
