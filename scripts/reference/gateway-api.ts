import type * as z from 'zod'
import { CancelRequest, ConsultRequest, InquiryRequest, PayRequest, RefundRequest } from '../../contract/gateway.ts'
import { AmsConsultRequest, AmsPayRequest, AmsRefundRequest, InquiryRefundRequest } from '../../contract/gateway-ams.ts'
import {
  AmsApplyTokenRequest,
  AmsAuthConsultRequest,
  ApplyTokenRequest,
  CancelTokenRequest,
  PrepareRequest,
  RevokeRequest,
} from '../../contract/gateway-authorizations.ts'
import { fieldRows, jsonSchema } from './schemas.ts'
import { page, table } from './text.ts'

export function gatewayApiPage(): string {
  // Said once above the tables: other scalars are taken for strings, and null for a field that is left out.
  const plain = (type: string) => type.replace('string or number or boolean', 'string').replace(' or null', '')
  const fields = (schema: z.ZodType) =>
    table(
      ['Field', 'Type', 'Required', 'Rules'],
      fieldRows(jsonSchema(schema, 'input')).map(([field = '', type = '', ...rest]) => [field, plain(type), ...rest]),
    )
  const at = (path: string) => `\`POST ${path}\``
  return page(
    'Gateway API',
    'The bodies that the gateway checks, made from the schemas that it checks them with. What the fields mean, the answers, and what to do with them: [Cashier Payment](../guide/cashier-payment), [User-presented Mode Payment](../guide/user-presented-payment), [Merchant-presented Mode Payment](../guide/merchant-presented-payment), [Auto Debit](../guide/auto-debit), [Cancel and refund](../guide/cancel-and-refund); how the two families differ: [APS and AMS](../guide/families).',
    'Fields that are not listed are accepted and ignored. Where a string is asked for, a number or a boolean is taken too. An optional field may be left out or `null`.',
    '## APS: payments/pay',
    at('/aps/api/v1/payments/pay'),
    fields(PayRequest),
    'Cashier Payment asks for more: `paymentFactor.isCashierPayment` is `true`, `order.env.terminalType` is `WEB`, `WAP`, `APP` or `MINI_APP`, and `order.env.osType` is `IOS` or `ANDROID` for `APP` and `WAP`.',
    'User-presented Mode Payment: `paymentFactor.isInStorePayment` is `true`, `paymentFactor.inStorePaymentScenario` is `PaymentCode`, `paymentMethod.paymentMethodId` is the payment code, and `order.merchant.store` is there.',
    'Auto Debit: `paymentFactor.isAgreementPayment` is `true`, `paymentMethod.paymentMethodId` is the access token, and `paymentMethod.paymentMethodMetaData.authClientId` is there.',
    'Merchant-presented Mode Payment: `paymentFactor.isInStorePayment` is `true`, and `paymentFactor.inStorePaymentScenario` is `OrderCode`; or it is `EntryCode`, and `order.merchant.store` and `order.env.userAgent` are there.',
    '## APS: payments/consultPayment',
    at('/aps/api/v1/payments/consultPayment'),
    fields(ConsultRequest),
    '## APS: payments/inquiryPayment',
    at('/aps/api/v1/payments/inquiryPayment'),
    fields(InquiryRequest),
    'One of the two is needed; with both, `paymentId` decides.',
    '## APS: payments/cancelPayment',
    at('/aps/api/v1/payments/cancelPayment'),
    fields(CancelRequest),
    'One of the two is needed.',
    '## APS: payments/refund',
    at('/aps/api/v1/payments/refund'),
    fields(RefundRequest),
    'One of `paymentRequestId` and `paymentId` is needed; with both, `paymentId` decides.',
    '## APS: authorizations/prepare',
    at('/aps/api/v1/authorizations/prepare'),
    fields(PrepareRequest),
    '## APS: authorizations/applyToken',
    at('/aps/api/v1/authorizations/applyToken'),
    fields(ApplyTokenRequest),
    '## APS: authorizations/cancelToken',
    at('/aps/api/v1/authorizations/cancelToken'),
    fields(CancelTokenRequest),
    '## AMS: payments/pay',
    'All of AMS is served below `/ams/api/v1` and below `/ams/sandbox/api/v1`.',
    at('/ams/api/v1/payments/pay'),
    fields(AmsPayRequest),
    'The terminal stands in `env`, by the rules of Cashier Payment above. `IN_STORE_PAYMENT` with `paymentFactor.inStorePaymentScenario` `PaymentCode` is a User-presented Mode Payment, with `OrderCode` or `EntryCode` a Merchant-presented one.',
    '## AMS: payments/consult',
    at('/ams/api/v1/payments/consult'),
    fields(AmsConsultRequest),
    '## AMS: payments/inquiryPayment',
    at('/ams/api/v1/payments/inquiryPayment'),
    fields(InquiryRequest),
    'One of the two is needed; with both, `paymentId` decides.',
    '## AMS: payments/cancel',
    at('/ams/api/v1/payments/cancel'),
    fields(CancelRequest),
    'One of the two is needed.',
    '## AMS: payments/refund',
    at('/ams/api/v1/payments/refund'),
    fields(AmsRefundRequest),
    '## AMS: payments/inquiryRefund',
    at('/ams/api/v1/payments/inquiryRefund'),
    fields(InquiryRefundRequest),
    'One of the two is needed; with both, `refundId` decides.',
    '## AMS: authorizations/consult',
    at('/ams/api/v1/authorizations/consult'),
    fields(AmsAuthConsultRequest),
    '## AMS: authorizations/applyToken',
    at('/ams/api/v1/authorizations/applyToken'),
    fields(AmsApplyTokenRequest),
    '## AMS: authorizations/revoke',
    at('/ams/api/v1/authorizations/revoke'),
    fields(RevokeRequest),
  )
}
