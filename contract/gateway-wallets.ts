/**
 * The wallet's side of the signed API: what a wallet partner calls, and what an acquirer answers for a code of his own. Tolerant like
 * the rest of it. Stated in docs/guide/wallets.md.
 */
import * as z from 'zod'
import { Amount, Environment, maybe, Merchant, optional, PayRequest, PositiveAmount, required } from './gateway.ts'

const quantity = z
  .union([z.int(), z.string().regex(/^\d{1,2}$/)], 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1, 'must be from 1 to 10').max(10, 'must be from 1 to 10'))

/** Codes for one payer: each is good for a minute, once. */
export const PaymentCodeRequest = z.object(
  {
    region: maybe(2),
    customerId: required(64),
    codeQuantity: optional(quantity),
    env: z.object({}, 'must be an object'),
  },
  'must be a JSON object',
)
export type PaymentCodeRequest = z.output<typeof PaymentCodeRequest>

/** A payer has read a code with the wallet's app. `acquirerId` says whose private code it is. */
export const ReadOrderRequest = z.object(
  { acquirerId: maybe(64), pspId: maybe(64), codeValue: required(512), customerId: maybe(64) },
  'must be a JSON object',
)
export type ReadOrderRequest = z.output<typeof ReadOrderRequest>

const FinalResult = z.object(
  {
    resultStatus: z.enum(['S', 'F'], 'must be S or F: only a final outcome is told'),
    resultCode: required(64),
    resultMessage: maybe(256),
  },
  'must be an object',
)

/** How a payment that the wallet read went. `paymentRequestId` is the one that the network gave. */
export const PaymentResultRequest = z.object(
  {
    paymentResult: FinalResult,
    paymentRequestId: required(64),
    paymentId: maybe(64),
    paymentAmount: optional(Amount),
    customerId: maybe(64),
  },
  'must be a JSON object',
)
export type PaymentResultRequest = z.output<typeof PaymentResultRequest>

/** The outcome within a wallet's answer to `inquiryPayment`. */
export const InquiredResult = z.object({
  paymentResult: z.object({ resultStatus: z.enum(['S', 'F', 'U']), resultCode: z.string() }),
})

/** What `userInitiatedPay` is answered with: an order to be paid, or the page of a shop. Some clients call the amount `amount`. */
export const PrivateCodeAnswer = z.discriminatedUnion('codeType', [
  z.object({
    codeType: z.literal('ORDER_CODE'),
    paymentRequestId: required(64),
    order: z.object({
      referenceOrderId: required(64),
      orderDescription: required(256),
      orderAmount: Amount,
      merchant: Merchant,
      env: Environment,
    }),
    paymentAmount: optional(PositiveAmount),
    amount: optional(PositiveAmount),
    paymentExpiryTime: PayRequest.shape.paymentExpiryTime,
    settlementStrategy: PayRequest.shape.settlementStrategy,
    paymentNotifyUrl: maybe(2048),
    paymentRedirectUrl: maybe(2048),
  }),
  z.object({ codeType: z.literal('STORE_CODE'), paymentRedirectUrl: required(2048) }),
])
