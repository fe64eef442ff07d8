import type { CallInput } from '../../../contract/endpoint.ts'
import type { listExchanges } from '../../../contract/log.ts'
import { asCause } from '../../../rules/causes.ts'
import { GATEWAY_APIS } from '../../../rules/interfaces.ts'
import { QUESTION_APIS } from '../../../rules/products.ts'
import { asResultCode } from '../../../rules/results.ts'
import type { At } from '../../page.ts'
import type { RequestsView } from '../../paths.ts'

export const SIGNATURES = ['verified', 'refused', 'absent'] as const
/** What partners call and what the network calls at them; the search finds any other path. */
export const APIS = [...new Set([...Object.values(GATEWAY_APIS).flat(), ...QUESTION_APIS])]
export const RESULTS = ['S', 'F', 'U'] as const

/** Unknown names are passed over by whoever reads the view. */
export const requestsViewOf = (search: URLSearchParams): RequestsView => Object.fromEntries(search)

/** What the address asks the log for. A value that nobody can mean is left out, not sent and refused. */
export function exchangesWanted({ params: { applicationId }, search }: At): CallInput<typeof listExchanges> {
  const view = requestsViewOf(search)
  const result = RESULTS.find((name) => name === view.result)
  const signature = SIGNATURES.find((name) => name === view.signature)
  const resultCode = asResultCode(view.resultCode ?? null)
  const cause = asCause(view.cause ?? null)
  const from = momentOf(view.from)
  return {
    params: { applicationId },
    query: {
      ...(result && { result }),
      ...(signature && { signature }),
      ...(resultCode && { resultCode }),
      ...(cause && { cause }),
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

export const isFiltered = ({ result, resultCode, cause, api, signature, from, search }: RequestsView) =>
  [result, resultCode, cause, api, signature, from, search].some(Boolean)
