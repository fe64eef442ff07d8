import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, forwardSandboxClock } from '../../contract/applications.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { decideOrder, newPaymentCode } from '../../contract/wallet.ts'
import { causePage } from '../../rules/cause-page.ts'
import { type Cause, CAUSES } from '../../rules/causes.ts'
import { REFUND } from '../../rules/limits.ts'
import { codeIn } from '../../rules/interfaces.ts'
import { RESULTS } from '../../rules/results.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeApplication, makeIntegration } from '../../test/make.ts'
import { cashierOrder, type GatewayReply, orderKey, shopOrder, walletKey } from '../../test/partner.ts'
import { makeWallet } from '../../test/wallet.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let payer: TestBrowser
beforeAll(async () => {
  center = await startCenter()
  payer = new TestBrowser(center.origin)
  made = await withProducts()
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

async function withProducts() {
  const integrated = await makeIntegration(center)
  const params = { applicationId: integrated.application.id }
  const products = ['user_presented' as const, 'auto_debit' as const]
  await integrated.developer.do(addProducts, { params, body: { products } })
  return integrated
}

type Json = Record<string, unknown>
const usd = (value: string) => ({ currency: 'USD', value })
const order = (change: Json) => ({ order: { ...(cashierOrder().order as Json), ...change } })
const { pay, call, inquire, cancel, refund } = {
  pay: (change: Json = {}) => made.server.pay(change),
  call: (path: string, body: unknown = {}) => made.server.call(path, body),
  inquire: (by: Json) => made.server.inquire(by),
  cancel: (by: Json) => made.server.cancel(by),
  refund: (by: Json) => made.server.refund(by),
}
/** Sent otherwise than it was signed, or not signed as it should be. */
const sent = (wrong: Parameters<typeof made.server.pay>[1]) => made.server.pay({}, wrong)
const signed = (signature: string) => sent({ headers: { signature } })
const inShop = (code: string, change: Json = {}) => call('payments/pay', shopOrder(code, '1999', change))
const freshCode = async () =>
  (await payer.do(newPaymentCode, { params: walletKey(made.sandbox.testWalletUrl) })).code?.value ?? ''
const debit = (paymentMethod: Json) =>
  pay({
    paymentFactor: { isAgreementPayment: true },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', ...paymentMethod },
  })
const forward = (forwardSeconds: number) =>
  made.developer.do(forwardSandboxClock, { params: { applicationId: made.application.id }, body: { forwardSeconds } })

async function paidOrder(change: Json = {}) {
  const started = await pay(change)
  await payer.do(decideOrder, { params: orderKey(started.body), body: { decision: 'pay' } })
  return String(started.body.paymentId)
}
const YEAR_AND_A_DAY = 367 * 86_400

const CASES: readonly (readonly [Cause, () => Promise<GatewayReply>])[] = [
  ['call.private_key', () => sent({ body: '-----BEGIN PRIVATE KEY-----' })],
  ['call.too_large', () => sent({ body: 'x'.repeat(300_000) })],
  ['call.not_post', () => sent({ method: 'PUT' })],
  ['call.interface_unknown', () => call('payments/nothing')],
  ['call.interface_for_wallets', () => call('codes/getPaymentCode', { customerId: 'c', env: {} })],
  ['call.media_type', () => sent({ headers: { 'content-type': 'text/plain' } })],
  ['call.agent_token', () => sent({ headers: { 'agent-token': 'someone' } })],
  ['time.missing', () => sent({ headers: { 'request-time': undefined } })],
  ['time.too_long', () => sent({ headers: { 'request-time': '2'.repeat(65) } })],
  ['signature.missing', () => sent({ headers: { signature: undefined } })],
  ['signature.no_signature', () => signed('algorithm=RSA256,keyVersion=1')],
  ['signature.wrong_algorithm', () => signed('algorithm=RSA512,keyVersion=1,signature=AAAA')],
  ['signature.wrong_key_version', () => signed('algorithm=RSA256,keyVersion=one,signature=AAAA')],
  ['signature.wrong_encoding', () => signed('algorithm=RSA256,keyVersion=1,signature=%%')],
  ['signature.does_not_verify', () => sent({ body: '{"changed":true}' })],
  ['key.version_unknown', () => sent({ body: '{"changed":true}', keyVersion: '7' })],
  ['body.not_json', () => call('payments/pay', '{"half":')],
  ['field.missing', () => pay({ paymentRequestId: undefined })],
  ['field.wrong_type', () => pay({ order: 'everything' })],
  ['field.wrong_size', () => pay({ paymentRequestId: 'x'.repeat(65) })],
  ['field.wrong_form', () => pay({ paymentAmount: { currency: 'usd', value: '1' } })],
  ['url.not_callable', () => pay({ paymentNotifyUrl: 'https://10.0.0.5/notify' })],
  ['url.not_openable', () => pay({ paymentRedirectUrl: 'javascript:alert(1)' })],
  ['product.not_added', () => pay({ paymentFactor: { isInStorePayment: true, inStorePaymentScenario: 'OrderCode' } })],
  ['pay.no_product', () => pay({ paymentFactor: {} })],
  ['pay.scenario', () => pay({ paymentFactor: { isInStorePayment: true } })],
  ['pay.terminal_type', () => pay(order({ env: {} }))],
  ['pay.os_type', () => pay(order({ env: { terminalType: 'WAP' } }))],
  ['pay.store_missing', async () => inShop(await freshCode(), order({}))],
  ['pay.token_missing', () => debit({})],
  ['pay.auth_client_missing', () => debit({ paymentMethodId: 'token' })],
  ['pay.evaluation_elsewhere', () => pay({ paymentFactor: { isCashierPayment: true, isPaymentEvaluation: true } })],
  ['pay.expiry_past', () => pay({ paymentExpiryTime: '2001-01-01T00:00:00Z' })],
  [
    'pay.repeated_otherwise',
    async () => {
      const first = cashierOrder()
      await pay(first)
      return pay({ ...first, paymentAmount: usd('2000') })
    },
  ],
  ['pay.currency', () => pay({ paymentAmount: { currency: 'XXX', value: '1' } })],
  ['payment_code.unknown', () => inShop('281000000000000000000000')],
  [
    'payment_code.foreign',
    async () => {
      const other = await withProducts()
      const { code } = await payer.do(newPaymentCode, { params: walletKey(other.sandbox.testWalletUrl) })
      await other.server.close()
      return inShop(code?.value ?? '')
    },
  ],
  [
    'payment_code.used',
    async () => {
      const code = await freshCode()
      await inShop(code)
      return inShop(code)
    },
  ],
  [
    'payment_code.expired',
    async () => {
      const code = await freshCode()
      await forward(120)
      return inShop(code)
    },
  ],
  [
    'consult.not_a_cashier',
    () => call('payments/consultPayment', { paymentAmount: usd('1'), paymentFactor: { isInStorePayment: true } }),
  ],
  ['payment.unknown', () => inquire({ paymentRequestId: 'nobody' })],
  [
    'refund.repeated_otherwise',
    async () => {
      const paymentId = await paidOrder()
      const refundRequestId = `refund-${randomUUID()}`
      await refund({ paymentId, refundRequestId, refundAmount: usd('1') })
      return refund({ paymentId, refundRequestId, refundAmount: usd('2') })
    },
  ],
  ['refund.not_paid', async () => refund({ paymentId: (await pay()).body.paymentId })],
  ['refund.too_much', async () => refund({ paymentId: await paidOrder(), refundAmount: usd('2000') })],
  [
    'refund.too_many',
    async () => {
      const paymentId = await paidOrder()
      const part = { paymentId, refundAmount: usd('1') }
      const parts = await Promise.all(Array.from({ length: REFUND.perPayment }, () => refund(part)))
      expect(new Set(parts.map(({ body }) => body.result.resultCode))).toEqual(new Set(['SUCCESS']))
      return refund(part)
    },
  ],
  [
    'refund.currency',
    async () => refund({ paymentId: await paidOrder(), refundAmount: { currency: 'EUR', value: '1' } }),
  ],
  [
    'agreement.code_not_valid',
    () => call('authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode: 'x', authClientId: 'c' }),
  ],
  [
    'agreement.token_not_valid',
    () => call('authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken: 'x', authClientId: 'c' }),
  ],
  ['registration.unknown', () => call('merchants/inquiryRegistrationStatus', { registrationRequestId: 'nobody' })],
  ['simulator.unknown', () => pay({ paymentAmount: usd('9901'), ...order({ orderAmount: usd('9901') }) })],
  [
    'simulator.regulation_restriction',
    () => pay({ paymentAmount: usd('9924'), ...order({ orderAmount: usd('9924') }) }),
  ],
  ['dispute.unknown', () => call('disputes/responseRetrieval', { disputeRequestId: 'nobody', responseMessage: 'x' })],
  // They move the clock far, so they are the last.
  [
    'cancel.window_over',
    async () => {
      const paymentId = await paidOrder()
      await forward(3 * 86_400)
      return cancel({ paymentId })
    },
  ],
  [
    'refund.window_over',
    async () => {
      const paymentId = await paidOrder()
      await forward(YEAR_AND_A_DAY)
      return refund({ paymentId })
    },
  ],
]

describe('a refused call says why', () => {
  test.each(CASES)('%s', async (cause, bring) => {
    const { result } = (await bring()).body
    const [code] = CAUSES[cause]
    expect(result.resultCode).toBe(codeIn('aps', code))
    expect(result.resultStatus).toBe(RESULTS[code][0])
    expect(result.resultMessage.length).toBeLessThanOrEqual(256)
    expect(result.resultMessage).toMatch(/^\S.* \S+$/)
    expect(result.resultMessage.split(' ').at(-1)).toBe(causePage(center.origin, cause))

    const params = { applicationId: made.application.id }
    const { items } = await made.developer.do(listExchanges, { params, query: { limit: 1 } })
    expect(items[0]).toMatchObject({ cause, resultCode: code === 'UNKNOWN_CLIENT' ? 'INVALID_CLIENT' : code })
    const one = await made.developer.do(getExchange, { params: { ...params, exchangeId: items[0]?.id ?? '' } })
    expect(one.cause).toBe(cause)
  })

  test('a wallet that calls an interface of acquirers is told so, whichever of them', async () => {
    const wallet = await makeWallet(center)
    for (const api of ['payments/pay', 'payments/inquiryPayment', 'payments/refund', 'merchants/registration']) {
      const { body } = await wallet.server.call(api, cashierOrder())
      expect([api, body.result.resultCode]).toEqual([api, 'ACCESS_DENIED'])
      expect(body.result.resultMessage).toContain(causePage(center.origin, 'call.interface_for_acquirers'))
    }
    await wallet.server.close()
  })

  test('a stranger is told too, though no log has the call', async () => {
    const answer = async (headers: Record<string, string | undefined>) =>
      (await sent({ headers })).body.result.resultMessage
    expect(await answer({ 'client-id': undefined })).toContain(causePage(center.origin, 'client.missing'))
    expect(await answer({ 'client-id': 'SANDBOX_NOBODY' })).toContain(causePage(center.origin, 'client.unknown'))
    expect(await answer({ 'client-id': 'x'.repeat(65) })).toContain(causePage(center.origin, 'client.too_long'))
  })

  test('a client without a key is told that none is set', async () => {
    const application = await makeApplication(made.developer)
    const { clientId } = await center.app.database.reader
      .selectFrom('clients')
      .select('client_id as clientId')
      .where('application_id', '=', application.id)
      .where('environment', '=', 'sandbox')
      .executeTakeFirstOrThrow()
    const { result } = (await sent({ headers: { 'client-id': clientId } })).body
    expect(result).toMatchObject({ resultCode: 'KEY_NOT_FOUND' })
    expect(result.resultMessage).toContain(causePage(center.origin, 'key.none'))
  })

  test('the log is searched by cause', async () => {
    const params = { applicationId: made.application.id }
    const { items } = await made.developer.do(listExchanges, { params, query: { cause: 'refund.currency' } })
    expect(items.map(({ cause }) => cause)).toEqual(['refund.currency'])
  })

  test('what worked, and what the payer decided, has no cause', async () => {
    await paidOrder()
    const params = { applicationId: made.application.id }
    const { items } = await made.developer.do(listExchanges, { params, query: { limit: 1 } })
    expect(items[0]?.cause).toBeNull()
  })
})
