/**
 * The same operations as AMS asks for them. Each request becomes that of contract/gateway.ts: what differs is names and places, not what
 * is done. Stated in docs/guide/families.md.
 */
import * as z from 'zod'
import {
  Amount,
  type ConsultRequest,
  flag,
  Environment,
  maybe,
  Merchant,
  PaymentMethod,
  optional,
  type PayRequest,
  PositiveAmount,
  type RefundRequest,
  required,
  SettlementStrategy,
  Time,
} from './gateway.ts'

const PRODUCT_CODES = ['CASHIER_PAYMENT', 'IN_STORE_PAYMENT', 'AGREEMENT_PAYMENT'] as const

export const AmsPayRequest = z
  .object(
    {
      paymentRequestId: required(64),
      productCode: z.enum(PRODUCT_CODES, `must be ${PRODUCT_CODES.join(', ')}`),
      paymentAmount: PositiveAmount,
      order: z.object(
        {
          referenceOrderId: required(64),
          orderDescription: required(256),
          orderAmount: Amount,
          merchant: Merchant,
          /** In-store clients put it here. */
          env: Environment,
        },
        'must be an object',
      ),
      env: Environment,
      payToAmount: optional(Amount),
      paymentMethod: PaymentMethod,
      paymentFactor: optional(z.object({ inStorePaymentScenario: maybe(32), isPaymentEvaluation: flag })),
      paymentExpiryTime: optional(Time),
      paymentNotifyUrl: maybe(2048),
      paymentRedirectUrl: maybe(2048),
      settlementStrategy: SettlementStrategy,
    },
    'must be a JSON object',
  )
  .transform(({ productCode, env, order, paymentFactor, ...same }): PayRequest => {
    return {
      ...same,
      order: { ...order, env: env ?? order.env },
      paymentFactor: {
        isInStorePayment: productCode === 'IN_STORE_PAYMENT',
        isCashierPayment: productCode === 'CASHIER_PAYMENT',
        isAgreementPayment: productCode === 'AGREEMENT_PAYMENT',
        isPaymentEvaluation: paymentFactor?.isPaymentEvaluation ?? false,
        inStorePaymentScenario: paymentFactor?.inStorePaymentScenario,
      },
    }
  })

export const AmsConsultRequest = z
  .object(
    {
      productCode: z.literal('CASHIER_PAYMENT', 'must be CASHIER_PAYMENT'),
      paymentAmount: PositiveAmount,
      payToAmount: optional(Amount),
      userRegion: maybe(2),
      allowedPaymentMethodRegions: optional(z.array(required(6)).max(64, 'at most 64 regions')),
      env: Environment,
    },
    'must be a JSON object',
  )
  .transform(({ productCode: _, allowedPaymentMethodRegions, ...same }): ConsultRequest => {
    // GLOBAL is every region.
    const regions = allowedPaymentMethodRegions?.includes('GLOBAL') ? undefined : allowedPaymentMethodRegions
    return { ...same, paymentFactor: undefined, allowedPspRegions: regions }
  })

export const AmsRefundRequest = z
  .object(
    {
      paymentId: required(64),
      refundRequestId: required(64),
      refundAmount: PositiveAmount,
      refundReason: maybe(256),
      refundNotifyUrl: maybe(1024),
    },
    'must be a JSON object',
  )
  .transform((asked): RefundRequest => ({ ...asked, paymentRequestId: undefined }))

/** With both, the network's id decides. */
export const InquiryRefundRequest = z
  .object({ refundRequestId: maybe(64), refundId: maybe(64) }, 'must be a JSON object')
  .refine(({ refundRequestId, refundId }) => Boolean(refundRequestId) || Boolean(refundId), {
    message: 'refundRequestId or refundId is needed',
    path: ['refundRequestId'],
  })
export type InquiryRefundRequest = z.output<typeof InquiryRefundRequest>
