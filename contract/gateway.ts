/**
 * The signed API that partners code against. Unlike the console API it tolerates unknown fields, and takes booleans and numbers
 * where the documents say strings, because real client libraries send both. Stated in the guides of the products.
 */
import * as z from 'zod'
import { AMOUNT_DIGITS_MAX } from '../rules/money.ts'

/** Optional fields may be left out or null. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)

/** Control characters and halves of characters are in no id and no name; some databases cut a text at the first of them. */
const CLEAN = /^[^\p{Cc}\p{Cs}]*$/u

const scalar = z
  .union([z.string().regex(CLEAN, 'must not hold control characters'), z.int(), z.boolean()], {
    error: 'must be a string without control characters',
  })
  .transform(String)
export const required = (max: number) =>
  scalar.pipe(z.string().min(1, 'must not be empty').max(max, `at most ${max} characters`))
export const maybe = (max: number) => optional(scalar.pipe(z.string().max(max, `at most ${max} characters`)))
export const flag = optional(scalar.pipe(z.enum(['true', 'false'], 'must be true or false'))).transform(
  (value) => value === 'true',
)

const Currency = z
  .string('must be a currency of three letters')
  .regex(/^[A-Z]{3}$/, 'must be a currency of three capital letters')

/** Currency and value, the value in the smallest unit of the currency as a string of digits. */
export const Amount = z
  .object(
    {
      currency: Currency,
      value: scalar.pipe(
        z
          .string()
          .regex(
            new RegExp(`^(0|[1-9]\\d{0,${AMOUNT_DIGITS_MAX - 1}})$`),
            `must be at most ${AMOUNT_DIGITS_MAX} digits`,
          ),
      ),
    },
    'must be an object with currency and value',
  )
  .transform(({ currency, value }) => ({ currency, amountMinor: BigInt(value) }))

export const PositiveAmount = Amount.refine(({ amountMinor }) => amountMinor > 0n, {
  message: 'must be more than 0',
  path: ['value'],
})

/** In which currency the money arrives. Left out: in the one that is paid. */
export const SettlementStrategy = optional(z.object({ settlementCurrency: optional(Currency) }, 'must be an object'))

export const Time = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with offset' })
  .transform((text) => Date.parse(text))

export const Merchant = optional(
  z.object({
    merchantName: maybe(256),
    merchantDisplayName: maybe(256),
    store: optional(z.object({ referenceStoreId: maybe(64), storeName: maybe(256) }, 'must be an object')),
  }),
)

export const Environment = optional(z.object({ terminalType: maybe(16), osType: maybe(16), userAgent: maybe(1024) }))

/** With Auto Debit the id is an access token, and its client may be named. */
export const PaymentMethod = z.object(
  {
    paymentMethodType: required(64),
    paymentMethodId: maybe(128),
    paymentMethodMetaData: optional(z.object({ authClientId: maybe(64) }, 'must be an object')),
  },
  'must be an object',
)

export const PayRequest = z.object(
  {
    paymentRequestId: required(64),
    paymentAmount: PositiveAmount,
    order: z.object(
      {
        referenceOrderId: required(64),
        orderDescription: required(256),
        orderAmount: Amount,
        merchant: Merchant,
        env: Environment,
      },
      'must be an object',
    ),
    /** The amount on the wallet's side: of interest here for the agreed inputs only. */
    payToAmount: optional(Amount),
    paymentMethod: PaymentMethod,
    paymentFactor: optional(
      z.object({
        isInStorePayment: flag,
        isCashierPayment: flag,
        isAgreementPayment: flag,
        isPaymentEvaluation: flag,
        inStorePaymentScenario: maybe(32),
      }),
    ),
    paymentExpiryTime: optional(Time),
    paymentNotifyUrl: maybe(2048),
    paymentRedirectUrl: maybe(2048),
    settlementStrategy: SettlementStrategy,
  },
  'must be a JSON object',
)
export type PayRequest = z.output<typeof PayRequest>

/** A payment is named by the partner's id, by the network's, or by both; then the network's decides. */
const PaymentIds = { paymentRequestId: maybe(64), paymentId: maybe(64) }
const isNamed = (ids: { paymentRequestId?: string | undefined; paymentId?: string | undefined }) =>
  Boolean(ids.paymentRequestId) || Boolean(ids.paymentId)
const NOT_NAMED = { message: 'paymentRequestId or paymentId is needed', path: ['paymentRequestId'] }

export const InquiryRequest = z.object(PaymentIds, 'must be a JSON object').refine(isNamed, NOT_NAMED)
export type InquiryRequest = z.output<typeof InquiryRequest>

export const CancelRequest = InquiryRequest

export const RefundRequest = z
  .object(
    {
      ...PaymentIds,
      refundRequestId: required(64),
      refundAmount: PositiveAmount,
      refundReason: maybe(256),
    },
    'must be a JSON object',
  )
  .refine(isNamed, NOT_NAMED)
/** Only AMS notifies of refunds. */
export type RefundRequest = z.output<typeof RefundRequest> & { refundNotifyUrl?: string | undefined }

/** Which wallets may be shown for an amount. Only what decides it is read. */
export const ConsultRequest = z.object(
  {
    paymentAmount: PositiveAmount,
    payToAmount: optional(Amount),
    paymentFactor: optional(z.object({ isCashierPayment: flag, isInStorePayment: flag, isAgreementPayment: flag })),
    userRegion: maybe(2),
    allowedPspRegions: optional(z.array(required(2)).max(64, 'at most 64 regions')),
    env: Environment,
  },
  'must be a JSON object',
)
export type ConsultRequest = z.output<typeof ConsultRequest>
