import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, forwardSandboxClock, getSandbox, setNotificationUrl } from '../../contract/applications.ts'
import { decideAuthorization, endAgreement, getAuthorization, getWallet } from '../../contract/wallet.ts'
import { AGREEMENT } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { amsOrder, cashierOrder, type GatewayReply, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof integration>>
let payer: TestBrowser
beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  made = await integration()
  payer = new TestBrowser(center.origin)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Json = Record<string, unknown>

async function integration() {
  const made = await makeIntegration(center)
  const params = { applicationId: made.application.id }
  await made.developer.do(addProducts, { params, body: { products: ['auto_debit'] } })
  const body = { url: made.server.notifyUrl }
  await made.developer.do(setNotificationUrl, { params: { ...params, api: 'authNotify' }, body })
  const { testWalletUrl } = await made.developer.do(getSandbox, { params })
  return { ...made, wallet: walletKey(testWalletUrl) }
}

const BACK = 'https://shop.example/back?order=7'
const asked = (change: Json = {}) => ({
  authClientId: `M-${randomUUID()}`,
  authClientName: 'Harbour Theatre Ltd',
  authClientDisplayName: 'Harbour Theatre',
  referenceAgreementId: `A-${randomUUID()}`,
  scopes: ['AGREEMENT_PAY'],
  authState: 'state-7',
  authRedirectUrl: BACK,
  ...change,
})
const call = (api: string, body: Json) => made.server.call(`authorizations/${api}`, body)
const codeOf = ({ body }: GatewayReply) => body.result.resultCode
const keyIn = (url: unknown) => {
  const [agreementId = '', secret = ''] = String(url).split('/').slice(-2)
  return { agreementId, secret }
}
/** Asks for an agreement, and lets the payer agree. */
async function agreed(change: Json = {}) {
  const request = asked(change)
  const { body } = await call('prepare', request)
  const params = keyIn(body.authUrl)
  const { redirectUrl } = await payer.do(decideAuthorization, { params, body: { decision: 'agree' } })
  const authCode = new URL(redirectUrl).searchParams.get('authCode') ?? ''
  return { authClientId: request.authClientId, authCode, redirectUrl, ...params }
}
const apply = ({ authClientId, authCode }: { authClientId: string; authCode: string }) =>
  call('applyToken', { grantType: 'AUTHORIZATION_CODE', authClientId, authCode })
type Token = { accessToken: string; authClientId: string }
async function withToken() {
  const agreement = await agreed()
  const { body } = await apply(agreement)
  return { ...agreement, accessToken: String(body.accessToken), refreshToken: String(body.refreshToken) }
}
const debit = ({ accessToken, authClientId }: Token, change: Json = {}) =>
  made.server.pay({
    paymentMethod: {
      paymentMethodType: 'CONNECT_WALLET',
      paymentMethodId: accessToken,
      paymentMethodMetaData: { authClientId },
    },
    paymentFactor: { isAgreementPayment: true },
    ...change,
  })

describe('prepare', () => {
  test('answers the address where the payer agrees, the same for the same agreement', async () => {
    const request = asked()
    const first = await call('prepare', request)
    expect(first.verified).toBe(true)
    const url = expect.stringMatching(new RegExp(`^${center.origin}/wallet/authorize/agr_[0-9a-f]{32}/[\\w-]{22}$`))
    expect(first.body).toEqual({
      result: expect.objectContaining({ resultStatus: 'S' }),
      authUrl: url,
      normalUrl: first.body.authUrl,
    })
    expect((await call('prepare', request)).raw).toBe(first.raw)
    expect(codeOf(await call('prepare', { ...request, authState: 'other' }))).toBe('REPEAT_REQ_INCONSISTENT')
    expect(codeOf(await call('prepare', { ...request, authClientId: 'another' }))).toBe('SUCCESS')
    const many = await Promise.all(
      Array.from({ length: 20 }, () => call('prepare', asked({ authClientId: 'M', referenceAgreementId: 'one' }))),
    )
    expect(new Set(many.map(({ raw }) => raw)).size).toBe(1)
  })

  test('names what is wrong, and needs the product', async () => {
    const messageOf = async (change: Json) => (await call('prepare', asked(change))).body.result.resultMessage
    expect(await messageOf({ scopes: ['BASE_USER_INFO'] })).toMatch(/^scopes: must contain AGREEMENT_PAY/)
    expect(await messageOf({ authRedirectUrl: 'javascript:alert(1)' })).toMatch(/^authRedirectUrl must be the address/)
    expect(await messageOf({ authClientId: '' })).toMatch(/^authClientId: /)
    const other = await makeIntegration(center, { notify: false })
    expect(codeOf(await other.server.call('authorizations/prepare', asked()))).toBe('ACCESS_DENIED')
    await other.server.close()
  })
})

describe('the payer', () => {
  test('agrees once and goes back with a code, of which the partner is told', async () => {
    const request = asked()
    const { body } = await call('prepare', request)
    const params = keyIn(body.authUrl)
    expect(await payer.do(getAuthorization, { params })).toMatchObject({
      merchantName: 'Harbour Theatre',
      state: 'open',
    })
    const decided = await payer.do(decideAuthorization, { params, body: { decision: 'agree' } })
    const back = new URL(decided.redirectUrl)
    expect(`${back.origin}${back.pathname}`).toBe('https://shop.example/back')
    expect(Object.fromEntries(back.searchParams)).toEqual({
      order: '7',
      authCode: expect.stringMatching(/^[\w-]{43}$/),
      authState: 'state-7',
    })
    const again = await payer.call(decideAuthorization, { params, body: { decision: 'agree' } })
    expect(again.body as unknown).toMatchObject({ code: 'agreement.closed' })
    await expect
      .poll(() => made.server.received.find(({ body }) => body.authClientId === request.authClientId))
      .toMatchObject({
        verified: true,
        body: {
          authorizationNotifyType: 'AUTHCODE_CREATED',
          authCode: back.searchParams.get('authCode'),
          authState: 'state-7',
        },
      })
  })

  test('refuses, and goes back without a code; after ten minutes he is too late', async () => {
    const first = keyIn((await call('prepare', asked())).body.authUrl)
    const refused = await payer.do(decideAuthorization, { params: first, body: { decision: 'refuse' } })
    expect(refused).toMatchObject({ state: 'refused' })
    expect(new URL(refused.redirectUrl).searchParams.get('authCode')).toBeNull()
    const other = await integration()
    const late = keyIn((await other.server.call('authorizations/prepare', asked())).body.authUrl)
    const params = { applicationId: other.application.id }
    await other.developer.do(forwardSandboxClock, { params, body: { forwardSeconds: AGREEMENT.askSeconds } })
    expect(await payer.do(getAuthorization, { params: late })).toMatchObject({ state: 'over' })
    const tooLate = await payer.call(decideAuthorization, { params: late, body: { decision: 'agree' } })
    expect(tooLate.body as unknown).toMatchObject({ code: 'agreement.closed' })
    await other.server.close()
  })

  test('sees what he agreed to and ends it: the token is worth nothing, and the partner is told', async () => {
    const token = await withToken()
    const { agreementId, accessToken } = token
    const { agreements } = await payer.do(getWallet, { params: made.wallet })
    expect(agreements[0]).toMatchObject({ id: agreementId, merchantName: 'Harbour Theatre' })
    const after = await payer.do(endAgreement, { params: { ...made.wallet, agreementId } })
    expect(after.agreements.map(({ id }) => id)).not.toContain(agreementId)
    expect(codeOf(await debit(token))).toBe('INVALID_TOKEN')
    await expect
      .poll(() => made.server.received.find(({ body }) => body.accessToken === accessToken))
      .toMatchObject({ body: { authorizationNotifyType: 'TOKEN_CANCELED' } })
  })

  test('asks the acquirer first, who may keep it', async () => {
    const { server } = made
    const { agreementId, accessToken } = await withToken()
    const params = { applicationId: made.application.id, api: 'consultUnbinding' as const }
    const setUrl = (url: string | null) => made.developer.do(setNotificationUrl, { params, body: { url } })
    await setUrl(server.urlOf('unbind'))
    const before = server.acknowledge
    let says: string | undefined = 'F'
    server.acknowledge = (received, response) => {
      if (received.uri !== '/unbind') return before(received, response)
      if (says === undefined) return void response.destroy()
      server.answerSigned(received, response, { result: { resultStatus: says, resultCode: 'X' } })
    }
    const end = async () => {
      const { body } = await payer.call(endAgreement, { params: { ...made.wallet, agreementId } })
      return body as { code?: string; agreements?: { id: string }[] }
    }
    expect((await end()).code).toBe('agreement.kept')
    const asked = server.received.find(({ uri }) => uri === '/unbind')
    expect(asked).toMatchObject({ verified: true, body: { accessToken } })
    says = undefined
    expect((await end()).code).toBe('agreement.no_answer')
    says = 'S'
    expect((await end()).agreements?.map(({ id }) => id)).not.toContain(agreementId)
    server.acknowledge = before
    await setUrl(null)
  })

  test('cannot end what another application’s payer agreed to, nor look at it without its secret', async () => {
    const { agreementId } = await withToken()
    const other = await integration()
    const ended = await payer.call(endAgreement, { params: { ...other.wallet, agreementId } })
    expect(ended.status).toBe(404)
    const looked = await payer.call(getAuthorization, { params: { agreementId, secret: 'x'.repeat(22) } })
    expect(looked.status).toBe(404)
    await other.server.close()
  })
})

describe('tokens', () => {
  test('come for a code, the same for a repeat; a code that was never given is invalid', async () => {
    const agreement = await agreed()
    const answer = await apply(agreement)
    expect(answer.body).toEqual({
      result: expect.objectContaining({ resultStatus: 'S' }),
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      accessTokenExpiryTime: expect.stringMatching(/Z$/),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshTokenExpiryTime: expect.stringMatching(/Z$/),
      customerId: expect.any(String),
      walletBrandName: 'TEST_WALLET',
    })
    expect((await apply(agreement)).raw).toBe(answer.raw)
    expect(codeOf(await apply({ ...agreement, authCode: 'never' }))).toBe('INVALID_CODE')
    expect(codeOf(await apply({ ...agreement, authClientId: 'somebody else' }))).toBe('INVALID_CODE')
    const missing = await call('applyToken', { grantType: 'REFRESH_TOKEN', authClientId: 'M', authCode: 'x' })
    expect(missing.body.result.resultMessage).toMatch(/^grantType: authCode or refreshToken is needed/)
    const many = await agreed()
    const raws = await Promise.all(Array.from({ length: 20 }, () => apply(many)))
    expect(new Set(raws.map(({ raw }) => raw)).size).toBe(1)
  })

  test('are refreshed: the new ones work, the old ones do not, and the old refresh token repeats its answer', async () => {
    const token = await withToken()
    const { authClientId, refreshToken } = token
    const refresh = () => call('applyToken', { grantType: 'REFRESH_TOKEN', authClientId, refreshToken })
    const answer = await refresh()
    expect((await refresh()).raw).toBe(answer.raw)
    expect(codeOf(await debit(token))).toBe('INVALID_TOKEN')
    expect(codeOf(await debit({ accessToken: String(answer.body.accessToken), authClientId }))).toBe('SUCCESS')
    const wrong = { grantType: 'REFRESH_TOKEN', authClientId, refreshToken: 'never' }
    expect(codeOf(await call('applyToken', wrong))).toBe('INVALID_TOKEN')
  })

  test('are ended by the partner, twice if he likes; not by another client', async () => {
    const token = await withToken()
    const { authClientId, accessToken } = token
    expect(codeOf(await call('cancelToken', { accessToken, authClientId: 'another' }))).toBe('INVALID_TOKEN')
    expect(codeOf(await debit(token))).toBe('SUCCESS')
    for (let times = 0; times < 2; times++)
      expect(codeOf(await call('cancelToken', { accessToken, authClientId }))).toBe('SUCCESS')
    expect(codeOf(await debit(token))).toBe('INVALID_TOKEN')
  })

  test('of another application are none', async () => {
    const { accessToken, authClientId, authCode } = await withToken()
    const other = await integration()
    const elsewhere = (api: string, body: Json) => other.server.call(`authorizations/${api}`, body)
    expect(codeOf(await elsewhere('cancelToken', { accessToken, authClientId }))).toBe('INVALID_TOKEN')
    expect(codeOf(await elsewhere('applyToken', { grantType: 'AUTHORIZATION_CODE', authClientId, authCode }))).toBe(
      'INVALID_CODE',
    )
    const pay = cashierOrder({
      paymentMethod: {
        paymentMethodType: 'CONNECT_WALLET',
        paymentMethodId: accessToken,
        paymentMethodMetaData: { authClientId },
      },
      paymentFactor: { isAgreementPayment: true },
    })
    expect(codeOf(await other.server.call('payments/pay', pay))).toBe('INVALID_TOKEN')
    await other.server.close()
  })

  test('end by the clock of the sandbox', async () => {
    const before = made
    made = await integration()
    const token = await withToken()
    const waiting = await agreed()
    const params = { applicationId: made.application.id }
    const forward = (forwardSeconds: number) =>
      made.developer.do(forwardSandboxClock, { params, body: { forwardSeconds } })
    await forward(AGREEMENT.codeSeconds)
    await expect.poll(async () => codeOf(await apply(waiting))).toBe('EXPIRED_CODE')
    await forward(AGREEMENT.accessSeconds)
    await expect.poll(async () => codeOf(await debit(token))).toBe('INVALID_TOKEN')
    const { authClientId, refreshToken } = token
    const refreshed = await call('applyToken', { grantType: 'REFRESH_TOKEN', authClientId, refreshToken })
    expect(codeOf(await debit({ accessToken: String(refreshed.body.accessToken), authClientId }))).toBe('SUCCESS')
    await forward(AGREEMENT.refreshSeconds)
    const late = { grantType: 'REFRESH_TOKEN', authClientId, refreshToken: refreshed.body.refreshToken }
    await expect.poll(async () => codeOf(await call('applyToken', late))).toBe('INVALID_TOKEN')
    await made.server.close()
    made = before
  })
})

describe('pay with a token', () => {
  test('is final at once, notified, refunded and cancelled like any other', async () => {
    const token = await withToken()
    const paid = await debit(token)
    expect(paid.body).toMatchObject({ result: { resultCode: 'SUCCESS' }, walletBrandName: 'TEST_WALLET' })
    expect(paid.body.paymentUrl).toBeUndefined()
    await expect.poll(() => made.server.received.some(({ body }) => body.paymentId === paid.body.paymentId)).toBe(true)
    expect(
      codeOf(
        await made.server.refund({ paymentId: paid.body.paymentId, refundAmount: { currency: 'USD', value: '99' } }),
      ),
    ).toBe('SUCCESS')
    expect(codeOf(await made.server.cancel({ paymentId: paid.body.paymentId }))).toBe('SUCCESS')
  })

  test('meets the agreed inputs, and may leave its flag out', async () => {
    const token = await withToken()
    const amount = (value: string) => ({ paymentAmount: { currency: 'USD', value } })
    expect(codeOf(await debit(token, amount('9905')))).toBe('USER_BALANCE_NOT_ENOUGH')
    expect(codeOf(await debit(token, amount('9913')))).toBe('PAYMENT_IN_PROCESS')
    expect(codeOf(await debit(token, { paymentFactor: undefined }))).toBe('SUCCESS')
    const waiting = await debit(token, amount('9916'))
    const wallet = await payer.do(getWallet, { params: made.wallet })
    expect(wallet.waiting.map(({ paymentId }) => paymentId)).toContain(waiting.body.paymentId)
  })

  test('is for the client that the token was given to, who is named', async () => {
    const token = await withToken()
    expect(codeOf(await debit(token))).toBe('SUCCESS')
    expect(codeOf(await debit({ ...token, authClientId: 'another' }))).toBe('INVALID_TOKEN')
    const messageOf = async (change: Partial<Token>) => (await debit({ ...token, ...change })).body.result.resultMessage
    expect(await messageOf({ accessToken: '' })).toMatch(/^paymentMethod\.paymentMethodId must be the access token/)
    expect(await messageOf({ authClientId: '' })).toMatch(/^paymentMethod\.paymentMethodMetaData\.authClientId must be/)
  })

  test('can be asked about without a debit', async () => {
    const token = await withToken()
    const factor = { paymentFactor: { isAgreementPayment: true, isPaymentEvaluation: true } }
    const order = cashierOrder()
    const paymentRequestId = String(order.paymentRequestId)
    expect(codeOf(await debit(token, { ...factor, paymentRequestId }))).toBe('SUCCESS')
    expect(codeOf(await made.server.inquire({ paymentRequestId }))).toBe('ORDER_NOT_EXIST')
    const little = { ...factor, paymentAmount: { currency: 'USD', value: '9905' } }
    expect(codeOf(await debit(token, little))).toBe('USER_BALANCE_NOT_ENOUGH')
    expect(codeOf(await debit({ ...token, accessToken: 'never' }, factor))).toBe('INVALID_TOKEN')
    const cashier = { paymentFactor: { isCashierPayment: true, isPaymentEvaluation: true } }
    expect((await made.server.pay(cashier)).body.result.resultMessage).toMatch(
      /^paymentFactor\.isPaymentEvaluation is for Auto Debit/,
    )
  })
})

test('AMS: consult, applyToken, pay and revoke', async () => {
  const prefix = '/ams/api/v1/' as const
  const ams = (api: string, body: Json) => made.server.call(api, body, { prefix })
  const wish = {
    customerBelongsTo: 'TEST_WALLET',
    authClientId: 'M-AMS',
    scopes: ['AGREEMENT_PAY'],
    authState: 's',
    authRedirectUrl: BACK,
    terminalType: 'WEB',
  }
  const { body } = await ams('authorizations/consult', wish)
  expect(body).toEqual({ result: expect.objectContaining({ resultStatus: 'S' }), normalUrl: expect.any(String) })
  const params = keyIn(body.normalUrl)
  const { redirectUrl } = await payer.do(decideAuthorization, { params, body: { decision: 'agree' } })
  const authCode = new URL(redirectUrl).searchParams.get('authCode')
  const grant = { grantType: 'AUTHORIZATION_CODE', customerBelongsTo: 'TEST_WALLET', authCode }
  const tokens = await ams('authorizations/applyToken', grant)
  expect(tokens.body.accessToken).toEqual(expect.any(String))
  const order = amsOrder({
    productCode: 'AGREEMENT_PAYMENT',
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: tokens.body.accessToken },
  })
  expect((await ams('payments/pay', order)).body).toMatchObject({
    result: { resultCode: 'SUCCESS' },
    pspCustomerInfo: {},
  })
  expect(codeOf(await ams('authorizations/revoke', { accessToken: tokens.body.accessToken }))).toBe('SUCCESS')
  const next = { ...order, paymentRequestId: randomUUID() }
  expect(codeOf(await ams('payments/pay', next))).toBe('INVALID_TOKEN')
  expect(codeOf(await ams('authorizations/prepare', asked()))).toBe('NO_INTERFACE_DEF')
})
