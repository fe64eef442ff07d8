/** What is called at an `inbox:` URL is kept here, byte for byte as it would have gone out. Nobody is called (decisions/0036). */
import type { Family } from '../../rules/interfaces.ts'
import { INBOX } from '../../rules/limits.ts'
import { firstIdAt, newId } from '../clock.ts'
import type { TxCtx } from '../context.ts'
import * as store from './store.ts'

export type KeptCall = {
  applicationId: string
  api: string
  family: Family
  at: number
  uri: string
  headers: Record<string, string>
  body: string
  /** Null: a question of the network. */
  notificationId: string | null
  paymentRequestId: string
  paymentId: string
}

/** In the transaction that writes down what became of the call. The oldest make room. */
export async function keepCall(tx: TxCtx, call: KeptCall): Promise<void> {
  const { applicationId } = call
  await store.insert(tx, {
    id: newId('inb'),
    application_id: applicationId,
    api: call.api,
    family: call.family,
    at: call.at,
    method: 'POST',
    uri: call.uri,
    headers: JSON.stringify(call.headers),
    body: call.body,
    bytes: Buffer.byteLength(call.body),
    notification_id: call.notificationId,
    payment_request_id: call.paymentRequestId,
    payment_id: call.paymentId,
  })
  const size = await store.sizeOf(tx, applicationId)
  if (size.calls > INBOX.calls || size.bytes > INBOX.bytes) await makeRoom(tx, applicationId)
}

async function makeRoom(tx: TxCtx, applicationId: string): Promise<void> {
  let bytes = 0
  const sizes = await store.listSizes(tx, applicationId)
  const first = sizes.findIndex((one, index) => {
    bytes += one.bytes
    return index >= INBOX.calls || bytes > INBOX.bytes
  })
  const tooOld = sizes[first]
  if (tooOld !== undefined) await store.deleteUpTo(tx, applicationId, tooOld.id)
}

/** For the retention: so many at a time, of all applications. */
export function deleteOldCalls(tx: TxCtx, before: number, limit: number): Promise<number> {
  return store.deleteOld(tx, firstIdAt('inb', before), limit)
}
