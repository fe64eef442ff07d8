/** An exchange in one line: what lists of them show. */
import type { Row } from '../db/schema.ts'

export type SignatureState = 'verified' | 'refused' | 'absent'
/** `out`: the network called, and the partner answered. */
export type Direction = 'in' | 'out'

export const SUMMARY = [
  'id',
  'at',
  'method',
  'uri',
  'api',
  'result_code',
  'result_status',
  'signature',
  'duration_us',
  'payment_request_id',
  'payment_id',
  'refund_request_id',
  'direction',
  'cause',
  'is_mocked',
  'by_test_merchant',
] as const

export type Summary = Pick<Row<'exchanges'>, (typeof SUMMARY)[number]>

export function summaryOf(row: Summary) {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    method: row.method,
    uri: row.uri,
    api: row.api,
    resultCode: row.result_code,
    resultStatus: row.result_status as 'S' | 'F' | 'U', // written by us, like the next
    signature: row.signature as SignatureState,
    durationMs: row.duration_us / 1000,
    paymentRequestId: row.payment_request_id,
    paymentId: row.payment_id,
    refundRequestId: row.refund_request_id,
    direction: row.direction as Direction, // written by us
    cause: row.cause,
    isMocked: row.is_mocked === 1,
    byTestMerchant: row.by_test_merchant === 1,
  }
}
