/** What the gateway serves: family → interface → how its body is read, and who does its work. */
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
import {
  EscalationRequest,
  EscalationResponse,
  RetrievalRequest,
  RetrievalResponse,
} from '../../contract/gateway-disputes.ts'
import { RegistrationInquiry, RegistrationRequest } from '../../contract/gateway-merchants.ts'
import { PaymentCodeRequest, PaymentResultRequest, ReadOrderRequest } from '../../contract/gateway-wallets.ts'
import { type Family, GATEWAY_APIS, type GatewayApi } from '../../rules/interfaces.ts'
import { applyToken, cancelToken, prepare } from '../agreements/agreements.ts'
import type { Ctx } from '../context.ts'
import { initiate, respond } from '../disputes/disputes.ts'
import { inquireRegistration, register } from '../registrations/registrations.ts'
import { getPaymentCode } from '../wallets/codes.ts'
import { readOrder, takeResult } from '../wallets/orders.ts'
import { cancel } from './cancel.ts'
import { consult } from './consult.ts'
import type { Client } from './clients.ts'
import { pay } from './pay.ts'
import { type How, inquire, type Prepared } from './payments.ts'
import { inquireRefund, refund } from './refund.ts'

type Work<R> = (ctx: Ctx, client: Client, request: R, how: How) => Promise<Prepared>
type Interface = { schema: z.ZodType; prepare: Work<never> }

/** The schema makes what the work takes. */
function served<S extends z.ZodType>(schema: S, prepare: Work<z.output<S>>): Interface {
  return { schema, prepare }
}

/** A path may name anything, and what every object has is no interface. */
export function findInterface(family: Family, api: string): Interface | undefined {
  if (!GATEWAY_APIS[family].some((known) => known === api)) return undefined
  return (INTERFACES[family] as Record<string, Interface>)[api] // it has every one of the list
}

/** The same in both families. */
const REGISTRATIONS = {
  'merchants/registration': served(RegistrationRequest, register),
  'merchants/inquiryRegistrationStatus': served(RegistrationInquiry, inquireRegistration),
}

const INTERFACES: { [F in Family]: Record<GatewayApi<F>, Interface> } = {
  aps: {
    'payments/pay': served(PayRequest, pay),
    'payments/consultPayment': served(ConsultRequest, consult),
    'payments/inquiryPayment': served(InquiryRequest, inquire),
    'payments/cancelPayment': served(CancelRequest, cancel),
    'payments/refund': served(RefundRequest, refund),
    'authorizations/prepare': served(PrepareRequest, prepare),
    'authorizations/applyToken': served(ApplyTokenRequest, applyToken),
    'authorizations/cancelToken': served(CancelTokenRequest, cancelToken),
    ...REGISTRATIONS,
    'disputes/responseRetrieval': served(RetrievalResponse, respond('retrieval')),
    'disputes/responseEscalation': served(EscalationResponse, respond('escalation')),
    'disputes/initiateRetrieval': served(RetrievalRequest, initiate('retrieval')),
    'disputes/initiateEscalation': served(EscalationRequest, initiate('escalation')),
    'codes/getPaymentCode': served(PaymentCodeRequest, getPaymentCode),
    'payments/userInitiatedPay': served(ReadOrderRequest, readOrder),
    'payments/notifyPayment': served(PaymentResultRequest, takeResult),
  },
  ams: {
    'payments/pay': served(AmsPayRequest, pay),
    'payments/consult': served(AmsConsultRequest, consult),
    'payments/inquiryPayment': served(InquiryRequest, inquire),
    'payments/cancel': served(CancelRequest, cancel),
    'payments/refund': served(AmsRefundRequest, refund),
    'payments/inquiryRefund': served(InquiryRefundRequest, inquireRefund),
    'authorizations/consult': served(AmsAuthConsultRequest, prepare),
    'authorizations/applyToken': served(AmsApplyTokenRequest, applyToken),
    'authorizations/revoke': served(RevokeRequest, cancelToken),
    ...REGISTRATIONS,
  },
}
