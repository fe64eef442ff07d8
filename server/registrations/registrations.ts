/** `registration` and `inquiryRegistrationStatus`: a merchant is made known to the wallets, which decide, and the partner is told. */
import type { ProductCode, RegistrationInquiry, RegistrationRequest } from '../../contract/gateway-merchants.ts'
import type { Family } from '../../rules/interfaces.ts'
import type { ProductId } from '../../rules/products.ts'
import { REGISTRATION, registrationStatus } from '../../rules/registration.ts'
import { resultOf } from '../../rules/results.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Client } from '../gateway/clients.ts'
import type { Answered, How, Prepared } from '../gateway/payments.ts'
import { GatewayRefusal } from '../gateway/refusal.ts'
import { addNotification } from '../notifications/notifications.ts'
import { addWork, type Handler } from '../outbox/outbox.ts'
import * as store from './store.ts'

const answered = (facts: Record<string, unknown> = {}): Answered => ({
  body: JSON.stringify({ result: resultOf('SUCCESS'), ...facts }),
  paymentRequestId: null,
  paymentId: null,
})

/** Any one of the products behind a code. */
const PRODUCTS: Record<ProductCode, readonly ProductId[]> = {
  CASHIER_PAYMENT: ['cashier'],
  AGREEMENT_PAYMENT: ['auto_debit'],
  IN_STORE_PAYMENT: ['user_presented', 'merchant_presented'],
}

/** The id is the partner's for ever: the same one again has the same answer, and registers nothing. */
export async function register(
  ctx: Ctx,
  client: Client,
  request: RegistrationRequest,
  { family }: How,
): Promise<Prepared> {
  const isKnown = (code: ProductCode) => PRODUCTS[code].some((product) => client.products.includes(product))
  if (!request.productCodes.every(isKnown)) throw new GatewayRefusal('registration.product_not_added')
  const now = ctx.clock.now() + client.clockOffsetMs
  const planned: store.Registration = {
    application_id: client.applicationId,
    registration_request_id: request.registrationRequestId,
    merchant_id: request.merchantInfo.referenceMerchantId,
    store_id: request.storeInfo?.referenceStoreId ?? null,
    created_at: now,
    decides_at: now + REGISTRATION.decideSeconds * 1000,
    family,
  }
  const expected = answered()
  return {
    expected,
    async apply(tx) {
      await store.holdPlace(tx, planned)
      const before = await store.findSamePlace(tx, planned)
      if (!(await store.insert(tx, planned))) return expected
      // The insert is undone with the refusal.
      if (before && now < before.created_at + REGISTRATION.updateSeconds * 1000) {
        throw new GatewayRefusal('registration.too_soon')
      }
      await addWork(tx, {
        topic: 'registration',
        payload: JSON.stringify([planned.application_id, planned.registration_request_id]),
        dueAt: planned.decides_at - client.clockOffsetMs,
      })
      return expected
    },
  }
}

export async function inquireRegistration(ctx: Ctx, client: Client, request: RegistrationInquiry): Promise<Prepared> {
  const { registrationRequestId, referenceMerchantId, referenceStoreId } = request
  const found = registrationRequestId
    ? await store.find(ctx, client.applicationId, registrationRequestId)
    : await store.findNewest(ctx, client.applicationId, referenceMerchantId ?? '', referenceStoreId || null)
  if (!found) throw new GatewayRefusal('registration.unknown')
  const expected = answered(factsOf(found, ctx.clock.now() + client.clockOffsetMs))
  return { expected, apply: async () => expected }
}

/** What has become of it, for an inquiry and for the notification. */
function factsOf(registration: store.Registration, now: number) {
  const { whole, wallet } = registrationStatus(registration.merchant_id, registration.decides_at <= now)
  return {
    registrationRequestId: registration.registration_request_id,
    referenceMerchantId: registration.merchant_id,
    ...(registration.store_id === null ? {} : { referenceStoreId: registration.store_id }),
    registrationResult: { registrationStatus: whole },
    pspRegistrationResultList: [
      { pspId: TEST_WALLET.pspId, pspName: TEST_WALLET.name, registrationResult: { registrationStatus: wallet } },
    ],
  }
}

/** The wallet has decided: the partner is told, where he has set a URL for it. */
export const registrationHandler: Handler = async (ctx, { payload }) => {
  const [applicationId = '', requestId = ''] = JSON.parse(payload) as string[] // written by us
  const found = await store.find(ctx, applicationId, requestId)
  if (!found) return { outcome: { done: true } }
  return { outcome: { done: true }, record: (tx) => tell(tx, found) }
}

async function tell(tx: TxCtx, registration: store.Registration): Promise<void> {
  const client = await store.findClient(tx, registration.application_id)
  if (!client?.url) return
  await addNotification(tx, {
    applicationId: registration.application_id,
    clientId: client.client_id,
    api: 'notifyRegistrationStatus',
    paymentRequestId: '',
    paymentId: '',
    url: client.url,
    family: registration.family as Family, // written by us
    body: JSON.stringify(factsOf(registration, registration.decides_at)),
    eventAt: registration.decides_at,
    delaySeconds: 0,
    misbehaviour: null,
  })
}
