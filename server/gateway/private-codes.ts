/**
 * Private codes: an acquirer prints codes of his own, and the network asks him what is to be paid for one. His answer starts the
 * payment as his `pay` would. Stated in docs/guide/merchant-presented-payment.md.
 */
import { type PayRequest, PayRequest as PaySchema } from '../../contract/gateway.ts'
import { PrivateCodeAnswer } from '../../contract/gateway-wallets.ts'
import type { Ctx } from '../context.ts'
import type { Client } from './clients.ts'
import { isWebPage } from './code-text.ts'
import { pay } from './pay.ts'
import type { How } from './payments.ts'
import { GatewayRefusal } from './refusal.ts'
import * as store from './store.ts'

export type PrivateCode = How & {
  acquirer: Client
  codeValue: string
  /** Who has read it. */
  payer: { pspId: string; customerId: string | undefined }
}

/** The order that the code stands for, or the page of the shop where the payer goes on. */
export async function payByPrivateCode(
  ctx: Ctx,
  { acquirer, codeValue, payer, ...how }: PrivateCode,
): Promise<{ payment: store.Payment } | { page: string }> {
  if (!acquirer.products.includes('merchant_presented')) throw new GatewayRefusal('private_code.not_served')
  const { applicationId, participantId: acquirerId } = acquirer
  const { pspId, customerId } = payer
  if (!how.partners.mayAsk(applicationId, pspId)) throw new GatewayRefusal('private_code.ration')
  const reply = await how.partners.ask(ctx, {
    applicationId,
    api: 'userInitiatedPay',
    body: { acquirerId, pspId, codeValue, ...(customerId ? { customerId } : {}) },
  })
  if (reply.resultStatus === 'F' || reply.fault === 'no_address') throw new GatewayRefusal('private_code.refused')
  const parsed = reply.resultStatus === 'S' ? PrivateCodeAnswer.safeParse(reply.body) : undefined
  if (!parsed?.success) throw new GatewayRefusal('private_code.unclear')
  if (parsed.data.codeType === 'STORE_CODE') {
    const page = parsed.data.paymentRedirectUrl
    if (!isWebPage(page, ctx.config.origin)) throw new GatewayRefusal('private_code.page')
    return { page: new URL(page).href }
  }
  const request = asPay(parsed.data)
  await start(ctx, acquirer, request, how)
  const payment = await store.findPayment(ctx, applicationId, { paymentRequestId: request.paymentRequestId })
  if (!payment) throw new Error('A payment was started and is not there.')
  return { payment }
}

/** What is wrong with the acquirer's answer is not the fault of whoever read the code. */
async function start(ctx: Ctx, acquirer: Client, request: PayRequest, how: How): Promise<void> {
  try {
    const prepared = await pay(ctx, acquirer, request, { ...how, family: 'aps' })
    await ctx.tx((tx) => prepared.apply(tx))
  } catch (error) {
    if (!(error instanceof GatewayRefusal)) throw error
    throw new GatewayRefusal(
      'private_code.not_payable',
      `What the acquirer said of this code cannot be paid: ${error.message}`,
    )
  }
}

/** What the acquirer would have sent: the same order, to be paid by a code that is read. */
function asPay(answer: Extract<ReturnType<typeof PrivateCodeAnswer.parse>, { codeType: 'ORDER_CODE' }>): PayRequest {
  const { order, paymentRequestId, paymentExpiryTime, paymentNotifyUrl, paymentRedirectUrl, settlementStrategy } =
    answer
  const method = PaySchema.shape.paymentMethod.parse({ paymentMethodType: 'CONNECT_WALLET' })
  return {
    paymentRequestId,
    paymentAmount: answer.paymentAmount ?? answer.amount ?? order.orderAmount,
    order,
    payToAmount: undefined,
    paymentMethod: method,
    paymentFactor: {
      isInStorePayment: true,
      isCashierPayment: false,
      isAgreementPayment: false,
      isPaymentEvaluation: false,
      inStorePaymentScenario: 'OrderCode',
    },
    settlementStrategy,
    paymentExpiryTime,
    paymentNotifyUrl,
    paymentRedirectUrl,
  }
}
