/** Exchanges as the acceptance tests judge them. */
import type { Call, Json, Misbehaviour } from '../../rules/acceptance/evidence.ts'
import { apiInAps, requestInAps, responseInAps } from '../../rules/acceptance/families.ts'
import { familyOf } from '../../rules/interfaces.ts'
import { ACCEPTANCE } from '../../rules/limits.ts'
import type { Ctx } from '../context.ts'
import * as store from './judged-store.ts'

export {
  idBehindNewest,
  listPayers,
  listWhole as listWholeExchanges,
  newestId as newestExchangeId,
} from './judged-store.ts'

/** Which calls: the newest, the newest after a moment, the first after one, those of one payer's payments, of some payments, or those that are named. */
export type Scope =
  | 'newest'
  | { newestAfter: string }
  | { after: string }
  | { payer: string }
  | { paymentRequestIds: readonly string[] }
  | { ids: readonly string[] }

export async function listCalls(ctx: Ctx, applicationId: string, scope: Scope): Promise<Call[]> {
  const rows = await listRows(ctx, applicationId, scope)
  return inOrder(rows.map(callOf))
}

export function inOrder(calls: readonly Call[]): Call[] {
  return [...calls].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

async function listRows(ctx: Ctx, applicationId: string, scope: Scope): Promise<store.Judged[]> {
  const { calls, payersPayments } = ACCEPTANCE
  if (scope === 'newest') return store.listNewest(ctx, applicationId, '', calls)
  if ('newestAfter' in scope) return store.listNewest(ctx, applicationId, scope.newestAfter, calls)
  if ('after' in scope) return store.listAfter(ctx, applicationId, scope.after, calls)
  if ('ids' in scope) return store.listByIds(ctx, applicationId, scope.ids)
  if ('paymentRequestIds' in scope) return store.listOfPayments(ctx, applicationId, scope.paymentRequestIds, calls * 2)
  const ids = await store.listPaymentsOf(ctx, applicationId, scope.payer, payersPayments)
  return store.listOfPayments(ctx, applicationId, ids, calls)
}

function callOf(row: store.Judged): Call {
  const family = familyOf(row.uri)
  return {
    id: row.id,
    at: row.at,
    api: apiInAps(family, row.api),
    signature: row.signature as Call['signature'], // written by us, like the next
    resultCode: row.result_code,
    resultStatus: row.result_status as Call['resultStatus'],
    paymentRequestId: row.payment_request_id,
    request: requestInAps(family, objectIn(Buffer.from(row.request_body).toString('utf8'))),
    response: responseInAps(family, objectIn(row.response_body)),
    misbehaviour: row.misbehaviour as Misbehaviour | null, // written by us
  }
}

/** A partner's body may be anything; what is no object says nothing. */
function objectIn(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {} // just looked at
  } catch {
    return {}
  }
}
