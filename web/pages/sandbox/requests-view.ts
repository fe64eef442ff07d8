import type { CallInput } from '../../../contract/endpoint.ts'
import type { listExchanges } from '../../../contract/log.ts'
import { asResultCode } from '../../../rules/results.ts'
import type { At } from '../../page.ts'
import type { RequestsView } from '../../paths.ts'

export const SIGNATURES = ['verified', 'refused', 'absent'] as const
/** The interfaces that partners call; the search finds any other path. */
export const GATEWAY_APIS = [
  'payments/pay',
  'payments/consultPayment',
  'payments/consult',
  'payments/inquiryPayment',
  'payments/cancelPayment',
  'payments/cancel',
  'payments/refund',
  'payments/inquiryRefund',
  'authorizations/prepare',
  'authorizations/consult',
  'authorizations/applyToken',
  'authorizations/cancelToken',
  'authorizations/revoke',
] as const
export const RESULTS = ['S', 'F', 'U'] as const

/** Unknown names are passed over by whoever reads the view. */
export const requestsViewOf = (search: URLSearchParams): RequestsView => Object.fromEntries(search)

/** What the address asks the log for. A value that nobody can mean is left out, not sent and refused. */
export function exchangesWanted({ params: { applicationId }, search }: At): CallInput<typeof listExchanges> {
  const view = requestsViewOf(search)
  const result = RESULTS.find((name) => name === view.result)
  const signature = SIGNATURES.find((name) => name === view.signature)
  const resultCode = asResultCode(view.resultCode ?? null)
  const from = momentOf(view.from)
  return {
    params: { applicationId },
    query: {
      ...(result && { result }),
      ...(signature && { signature }),
      ...(resultCode && { resultCode }),
      ...(from && { from }),
      ...(view.api && { api: view.api }),
      ...(view.search && { search: view.search }),
      ...(view.cursor && { cursor: view.cursor }),
    },
  }
}

export function momentOf(text: string | undefined): string | undefined {
  const date = new Date(text ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

export const isFiltered = ({ result, resultCode, api, signature, from, search }: RequestsView) =>
  [result, resultCode, api, signature, from, search].some(Boolean)
