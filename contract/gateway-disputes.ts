/** Disputes on the wire: a wallet opens one, the acquirer responds. APS only. Stated in docs/guide/disputes.md. */
import * as z from 'zod'
import { refundTypes } from '../rules/dispute.ts'
import { maybe, optional, PositiveAmount, required } from './gateway.ts'

const Opening = {
  disputeRequestId: required(64),
  paymentRequestId: required(64),
  disputeReason: maybe(256),
}

export const RetrievalRequest = z.object(Opening, 'must be a JSON object')
export const EscalationRequest = z.object(
  { ...Opening, disputeAmount: optional(PositiveAmount) },
  'must be a JSON object',
)
/** Without an amount the whole payment is disputed. */
export type DisputeRequest = z.output<typeof RetrievalRequest> & {
  disputeAmount?: z.output<typeof PositiveAmount> | undefined
}

export const RetrievalResponse = z.object(
  { disputeRequestId: required(64), responseMessage: maybe(1024) },
  'must be a JSON object',
)
export const EscalationResponse = z
  .object(
    {
      disputeRequestId: required(64),
      refundType: z.enum(refundTypes, `must be ${refundTypes.join(', ')}`),
      refundAmount: optional(PositiveAmount),
      responseMessage: maybe(1024),
    },
    'must be a JSON object',
  )
  .refine(({ refundType, refundAmount }) => refundType !== 'PARTIAL_REFUND' || refundAmount, {
    message: 'is needed for PARTIAL_REFUND',
    path: ['refundAmount'],
  })
/** A retrieval is answered with words only. */
export type DisputeResponse = z.output<typeof RetrievalResponse> & Partial<z.output<typeof EscalationResponse>>
