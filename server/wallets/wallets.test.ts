import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addProducts,
  createApplication,
  forwardSandboxClock,
  getApplication,
  getSandbox,
  setNotificationUrl,
} from '../../contract/applications.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { endPair, joinWallet, listPairs, newPairingCode } from '../../contract/pairs.ts'
import { decideOrder, getOrder, readCode } from '../../contract/wallet.ts'
import { PAIRING, PRIVATE_CODES } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { cashierOrder, type GatewayReply, orderKey, shopOrder, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { until } from '../../test/until.ts'
import { codeOf, join, makeWallet, result, SUCCESS, type WalletApi } from '../../test/wallet.ts'

let center: Center
let acquirer: Awaited<ReturnType<typeof makeIntegration>>
let wallet: Awaited<ReturnType<typeof makeWallet>>

beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  acquirer = await integration()
  wallet = await makeWallet(center)
  await join(wallet, acquirer)
})
afterAll(async () => {
  await acquirer.server.close()
  await wallet.server.close()
  await center.close()
})
beforeEach(() => {
  wallet.script = {}
  wallet.server.received.length = 0
  acquirer.server.received.length = 0
})

type Json = Record<string, unknown>
async function integration() {
  const made = await makeIntegration(center)
  const params = { applicationId: made.application.id }
  await made.developer.do(addProducts, { params, body: { products: ['user_presented', 'merchant_presented'] } })
  return made
}
const pspId = () => wallet.sandbox.participantId
/** What came about one payment: those of other tests may still be under way. */
const about = ({ body }: GatewayReply, api: WalletApi) =>
  wallet
    .calls(api)
    .filter((call) => call.body.paymentRequestId === (body.codeType ? body.paymentRequestId : body.paymentId))
const outcomeOf = async (order: Json) =>
  (await acquirer.server.inquire({ paymentRequestId: order.paymentRequestId })).body.paymentResult

/** The acquirer reads a code that the wallet's payer shows. */
async function payByCode(change: Json = {}, code?: string) {
  const order = shopOrder(code ?? (await codeOf(wallet)), '1999', change)
  return { order, reply: await acquirer.server.call('payments/pay', order) }
}

describe('a payer shows a code of the wallet', () => {
  test('the wallet is asked to pay, and says so: the answer of pay is final, with who paid', async () => {
    const { order, reply } = await payByCode()
    expect(reply.verified).toBe(true)
    expect(reply.body).toMatchObject({
      result: { resultStatus: 'S', resultCode: 'SUCCESS' },
      pspId: pspId(),
      walletBrandName: 'Tide Wallet',
      customerId: 'payer-7',
    })
    const [asked] = about(reply, 'pay')
    expect(asked?.verified).toBe(true)
    expect(asked?.body).toMatchObject({
      acquirerId: acquirer.sandbox.participantId,
      pspId: pspId(),
      paymentRequestId: reply.body.paymentId,
      paymentAmount: { currency: 'USD', value: '1999' },
      paymentMethod: { customerId: 'payer-7', paymentMethodId: (order.paymentMethod as Json).paymentMethodId },
      paymentFactor: { isInStorePayment: true, inStorePaymentScenario: 'PaymentCode' },
    })
    const [told] = await acquirer.server.waitForNotifications(1)
    expect(told?.body).toMatchObject({ paymentResult: { resultStatus: 'S' }, pspId: pspId() })
    // A repeat is answered as the first call was, and pays nothing again.
    expect((await acquirer.server.call('payments/pay', order)).raw).toBe(reply.raw)
    expect(about(reply, 'pay')).toHaveLength(1)
  })

  test('the wallet declines: its code is the outcome, and what concerns nobody else is PROCESS_FAIL', async () => {
    wallet.script = { pay: () => result('F', 'USER_BALANCE_NOT_ENOUGH') }
    expect((await payByCode()).reply.body.result.resultCode).toBe('USER_BALANCE_NOT_ENOUGH')
    wallet.script = { pay: () => result('F', 'PARAM_ILLEGAL') }
    expect((await payByCode()).reply.body.result.resultCode).toBe('PROCESS_FAIL')
  })

  test('the wallet gives no answer: the payment is in process, and the inquiry decides', async () => {
    let answers = 0
    wallet.script = {
      pay: () => undefined,
      inquiryPayment: () => ({
        ...SUCCESS,
        paymentResult: result(++answers < 3 ? 'U' : 'S', 'X').result,
        customerId: 'x',
      }),
    }
    const { order, reply } = await payByCode()
    expect(reply.body.result).toMatchObject({ resultStatus: 'U', resultCode: 'PAYMENT_IN_PROCESS' })
    await until(async () => expect(await outcomeOf(order)).toMatchObject({ resultCode: 'SUCCESS' }))
    expect(answers).toBe(3)
    const { body } = await acquirer.server.call('payments/pay', order)
    expect(body).toMatchObject({ result: { resultStatus: 'S' }, customerId: 'x' })
  })

  test('an answer that the wallet did not sign is no answer', async () => {
    const before = wallet.server.acknowledge
    wallet.server.acknowledge = (received, response) =>
      received.uri === '/pay'
        ? wallet.server.answerSigned(received, response, SUCCESS, { signature: 'AAAA' })
        : before(received, response)
    wallet.script = { inquiryPayment: () => ({ ...SUCCESS, paymentResult: result('F', 'RISK_REJECT').result }) }
    const { order, reply } = await payByCode()
    wallet.server.acknowledge = before
    expect(reply.body.result.resultStatus).toBe('U')
    await until(async () => expect(await outcomeOf(order)).toMatchObject({ resultCode: 'RISK_REJECT' }))
  })

  test('a wallet that hangs holds nobody up for longer than one attempt, and what it did not hear has failed', async () => {
    wallet.script = { pay: () => 'hang', inquiryPayment: () => result('F', 'ORDER_NOT_EXIST') }
    // More than it gets connections: the last ones are not even sent.
    const orders = await Promise.all(Array.from({ length: 6 }, async () => shopOrder(await codeOf(wallet))))
    const replies = await Promise.all(orders.map((order) => acquirer.server.call('payments/pay', order)))
    expect(replies.map(({ body }) => body.result.resultCode)).toEqual(Array(6).fill('PAYMENT_IN_PROCESS'))
    for (const order of orders) {
      await until(async () => expect(await outcomeOf(order)).toMatchObject({ resultCode: 'PROCESS_FAIL' }))
    }
  })

  test('a pay that never reached the wallet has failed, and the wallet is told to cancel it', async () => {
    wallet.script = { pay: () => undefined, inquiryPayment: () => result('F', 'ORDER_NOT_EXIST') }
    const { order, reply } = await payByCode()
    await until(async () => expect(await outcomeOf(order)).toMatchObject({ resultCode: 'PROCESS_FAIL' }))
    expect(about(reply, 'cancelPayment')).toHaveLength(1)
  })

  test('it has not failed before the wallet has promised not to pay it', async () => {
    let isPromised = false
    wallet.script = {
      pay: () => undefined,
      inquiryPayment: () => result('F', 'ORDER_NOT_EXIST'),
      cancelPayment: () => (isPromised ? SUCCESS : result('U', 'UNKNOWN_EXCEPTION')),
    }
    const { order, reply } = await payByCode()
    await until(async () => expect(about(reply, 'cancelPayment').length).toBeGreaterThan(1))
    expect(await outcomeOf(order)).toMatchObject({ resultCode: 'PAYMENT_IN_PROCESS' })
    isPromised = true
    await until(async () => expect(await outcomeOf(order)).toMatchObject({ resultCode: 'PROCESS_FAIL' }))
  })

  test('a refund is not told any more once the whole payment was cancelled', async () => {
    const { order, reply } = await payByCode()
    wallet.script = { refund: () => undefined }
    const refundAmount = { currency: 'USD', value: '500' }
    await acquirer.server.refund({ paymentRequestId: order.paymentRequestId, refundAmount })
    await until(async () => expect(about(reply, 'refund')).not.toHaveLength(0))
    await acquirer.server.cancel({ paymentRequestId: order.paymentRequestId })
    await until(async () => expect(about(reply, 'cancelPayment')).toHaveLength(1))
    const works = () =>
      center.app.database.reader.selectFrom('outbox').select('id').where('topic', '=', 'wallet_refund').execute()
    await until(async () => expect(await works()).toEqual([]))
    expect(about(reply, 'refund').length).toBeLessThanOrEqual(2)
  })

  test('a code is good once, for a minute, and for those who are joined', async () => {
    const code = await codeOf(wallet)
    await payByCode({}, code)
    expect((await payByCode({}, code)).reply.body.result.resultCode).toBe('INVALID_CODE')
    const stranger = await integration()
    const order = shopOrder(await codeOf(wallet))
    expect((await stranger.server.call('payments/pay', order)).body.result.resultCode).toBe('INVALID_CODE')
    await stranger.server.close()
    const old = await codeOf(wallet)
    await wallet.developer.do(forwardSandboxClock, { params: wallet.params, body: { forwardSeconds: 61 } })
    expect((await payByCode({}, old)).reply.body.result.resultCode).toBe('EXPIRED_CODE')
  })

  test('a cancel and a refund of the acquirer reach the wallet, again and again until it takes them', async () => {
    const { order, reply } = await payByCode()
    let refusals = 0
    wallet.script = { refund: () => (++refusals < 3 ? result('U', 'UNKNOWN_EXCEPTION') : SUCCESS) }
    const refund = await acquirer.server.refund({
      paymentRequestId: order.paymentRequestId,
      refundAmount: { currency: 'USD', value: '500' },
    })
    expect(refund.body).toMatchObject({ result: { resultStatus: 'S' }, pspId: pspId() })
    await until(async () => expect(about(reply, 'refund')).toHaveLength(3))
    expect(about(reply, 'refund')[2]?.body).toMatchObject({
      paymentRequestId: reply.body.paymentId,
      refundRequestId: refund.body.refundId,
      refundAmount: { currency: 'USD', value: '500' },
    })
    let deaf = 0
    wallet.script = { cancelPayment: () => (++deaf < 2 ? undefined : SUCCESS) }
    const cancelled = await acquirer.server.cancel({ paymentRequestId: order.paymentRequestId })
    expect(cancelled.body).toMatchObject({ result: { resultStatus: 'S' }, pspId: pspId() })
    await until(async () => expect(about(reply, 'cancelPayment')).toHaveLength(2))
  })

  test('a payment whose time ran out is over, whatever the wallet says later, and is cancelled there', async () => {
    wallet.script = { pay: () => result('U', 'PAYMENT_IN_PROCESS'), inquiryPayment: () => undefined }
    const { order, reply } = await payByCode()
    const params = { applicationId: acquirer.application.id }
    await acquirer.developer.do(forwardSandboxClock, { params, body: { forwardSeconds: 601 } })
    await until(async () => expect(about(reply, 'cancelPayment')).not.toHaveLength(0))
    expect(await outcomeOf(order)).toMatchObject({ resultCode: 'ORDER_IS_CLOSED' })
  })

  test('the log of the wallet tells of our call and of its answer', async () => {
    const { reply } = await payByCode()
    const { items } = await wallet.developer.do(listExchanges, { params: wallet.params, query: { api: 'pay' } })
    expect(items[0]).toMatchObject({
      direction: 'out',
      api: 'pay',
      resultStatus: 'S',
      signature: 'verified',
      paymentRequestId: reply.body.paymentId,
    })
    const exchangeId = items[0]?.id ?? ''
    const seen = await wallet.developer.do(getExchange, { params: { ...wallet.params, exchangeId } })
    expect(seen.signedText).toContain(`POST /pay\n${wallet.sandbox.clientId}.`)
    expect(seen.signedText).toContain('"resultStatus":"S"')
    // What the network itself called counts as no call of the partner.
    const { callsLastDay } = await wallet.developer.do(getApplication, { params: wallet.params })
    const incoming = await wallet.developer.do(listExchanges, { params: wallet.params, query: { limit: 100 } })
    expect(callsLastDay).toBe(incoming.items.filter(({ direction }) => direction === 'in').length)
  })
})

describe('a payer reads the code of an order with the wallet', () => {
  const orderCode = (change: Json = {}) =>
    cashierOrder({
      paymentFactor: { isInStorePayment: true, inStorePaymentScenario: 'OrderCode' },
      paymentRedirectUrl: undefined,
      ...change,
    })
  const codeIn = ({ body }: GatewayReply) =>
    (body.orderCodeForm as { codeDetails: { codeValue: string }[] }).codeDetails[0]?.codeValue ?? ''
  const read = (codeValue: string, customerId = 'payer-9') =>
    wallet.server.call('payments/userInitiatedPay', { codeValue, customerId })
  const tell = (reply: GatewayReply, status: 'S' | 'F', code: string, change: Json = {}) =>
    wallet.server.call('payments/notifyPayment', {
      paymentResult: result(status, code).result,
      paymentRequestId: reply.body.paymentRequestId,
      customerId: 'payer-9',
      ...change,
    })

  test('it learns what is to be paid, tells how that went, and the acquirer is told', async () => {
    const order = orderCode()
    const open = await acquirer.server.call('payments/pay', order)
    const asked = await read(codeIn(open))
    expect(asked.body).toMatchObject({
      result: { resultStatus: 'S' },
      codeType: 'ORDER_CODE',
      acquirerId: acquirer.sandbox.participantId,
      paymentRequestId: open.body.paymentId,
      paymentAmount: { currency: 'USD', value: '1999' },
      order: { orderDescription: 'Two tickets', merchant: { merchantName: 'Harbour Theatre' } },
    })
    const wrong = await tell(asked, 'S', 'SUCCESS', { paymentAmount: { currency: 'USD', value: '1' } })
    expect(wrong.body.result.resultCode).toBe('PARAM_ILLEGAL')
    expect((await tell(asked, 'S', 'SUCCESS')).body.result.resultStatus).toBe('S')
    const [told] = await acquirer.server.waitForNotifications(1)
    expect(told?.body).toMatchObject({ paymentResult: { resultStatus: 'S' }, customerId: 'payer-9', pspId: pspId() })
    expect((await tell(asked, 'S', 'SUCCESS')).body.result.resultStatus).toBe('S')
    expect((await tell(asked, 'F', 'RISK_REJECT')).body.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT')
    expect(await outcomeOf(order)).toMatchObject({ resultCode: 'SUCCESS' })
    expect((await read(codeIn(open))).body.result.resultCode).toBe('ORDER_IS_CLOSED')
  })

  test('what the wallet declines has failed with its code', async () => {
    const order = orderCode()
    const asked = await read(codeIn(await acquirer.server.call('payments/pay', order)))
    await tell(asked, 'F', 'USER_BALANCE_NOT_ENOUGH')
    expect(await outcomeOf(order)).toMatchObject({ resultCode: 'USER_BALANCE_NOT_ENOUGH' })
  })

  test('the first wallet that reads it keeps it: another one, the Test Wallet and strangers do not', async () => {
    const open = await acquirer.server.call('payments/pay', orderCode())
    const asked = await read(codeIn(open))
    const other = await makeWallet(center)
    const readByOther = () => other.server.call('payments/userInitiatedPay', { codeValue: codeIn(open) })
    expect((await readByOther()).body.result.resultCode).toBe('INVALID_CODE')
    await join(other, acquirer)
    expect((await readByOther()).body.result.resultCode).toBe('INVALID_CODE')
    const mine = await other.server.call('payments/notifyPayment', {
      paymentResult: SUCCESS.result,
      paymentRequestId: asked.body.paymentRequestId,
    })
    expect(mine.body.result.resultCode).toBe('ORDER_NOT_EXIST')
    const payer = new TestBrowser(center.origin)
    const params = orderKey({ paymentUrl: codeIn(open) })
    expect(await payer.do(getOrder, { params })).toMatchObject({ walletName: 'Tide Wallet', state: 'PAYING' })
    const decided = await payer.call(decideOrder, { params, body: { decision: 'pay' } })
    expect(decided.body).toMatchObject({ code: 'order.elsewhere' })
    await other.server.close()
  })

  test('one that is read and not paid ends with its time, and the wallet is told', async () => {
    const order = orderCode()
    const applications = { applicationId: acquirer.application.id }
    const { clock } = await acquirer.developer.do(getSandbox, { params: applications })
    const soon = new Date(Date.parse(clock.now) + 2000).toISOString()
    const asked = await read(codeIn(await acquirer.server.call('payments/pay', { ...order, paymentExpiryTime: soon })))
    await until(async () => expect(about(asked, 'cancelPayment')).toHaveLength(1))
    expect((await tell(asked, 'S', 'SUCCESS')).body.result.resultCode).toBe('ORDER_IS_CLOSED')
    expect(about(asked, 'inquiryPayment')).toHaveLength(0)
  })

  test('the order of a cashier is read the same way', async () => {
    const order = cashierOrder()
    const { body } = await acquirer.server.pay(order)
    const asked = await read(String(body.paymentUrl))
    expect(asked.body).toMatchObject({ codeType: 'ORDER_CODE', paymentFactor: { isCashierPayment: true } })
    await tell(asked, 'S', 'SUCCESS')
    expect(await outcomeOf(order)).toMatchObject({ resultCode: 'SUCCESS' })
  })

  test('the interfaces on the side of the wallet are for wallets', async () => {
    for (const [api, body] of [
      ['codes/getPaymentCode', { customerId: 'a', env: {} }],
      ['payments/userInitiatedPay', { codeValue: 'x' }],
      ['payments/notifyPayment', { paymentResult: SUCCESS.result, paymentRequestId: 'x' }],
    ] as const) {
      expect((await acquirer.server.call(api, body)).body.result.resultCode, api).toBe('ACCESS_DENIED')
    }
  })
})

describe('a code that only its acquirer understands', () => {
  type Said = () => Json | undefined
  let said: Said
  const notify = async (url: string | null) =>
    acquirer.developer.do(setNotificationUrl, {
      params: { applicationId: acquirer.application.id, api: 'userInitiatedPay' as const },
      body: { url },
    })
  const orderOf = (paymentRequestId: string, change: Json = {}) => {
    const { order, paymentAmount } = cashierOrder()
    return { ...SUCCESS, codeType: 'ORDER_CODE', paymentRequestId, order, paymentAmount, ...change }
  }
  const asked = () => acquirer.server.received.filter(({ uri }) => uri === '/code')

  beforeAll(async () => {
    await notify(acquirer.server.urlOf('code'))
    const before = acquirer.server.acknowledge
    acquirer.server.acknowledge = (received, response) => {
      if (received.uri !== '/code') return before(received, response)
      const answer = said()
      if (answer === undefined) return void response.destroy()
      acquirer.server.answerSigned(received, response, answer)
    }
  })

  test('the Test Wallet asks him, and pays the order that he names', async () => {
    said = () => orderOf('private-1')
    const { testWalletUrl } = await acquirer.developer.do(getSandbox, {
      params: { applicationId: acquirer.application.id },
    })
    const payer = new TestBrowser(center.origin)
    const params = walletKey(testWalletUrl)
    const { order } = await payer.do(readCode, { params, body: { code: 'TABLE-12/7' } })
    expect(asked()[0]?.body).toMatchObject({
      acquirerId: acquirer.sandbox.participantId,
      codeValue: 'TABLE-12/7',
    })
    expect(asked()[0]?.verified).toBe(true)
    if (!order) throw new Error('The code led to no order.')
    await payer.do(decideOrder, { params: order, body: { decision: 'pay' } })
    expect(await outcomeOf({ paymentRequestId: 'private-1' })).toMatchObject({ resultCode: 'SUCCESS' })
    // Read twice, it is the same order.
    const again = await payer.do(readCode, { params, body: { code: 'TABLE-12/7' } })
    expect(again.order).toEqual(order)
    said = () => ({ ...SUCCESS, codeType: 'STORE_CODE', paymentRedirectUrl: 'https://shop.example/table/12' })
    const shop = await payer.do(readCode, { params, body: { code: 'TABLE-12' } })
    expect(shop).toEqual({ order: null, page: 'https://shop.example/table/12' })
    for (const [answer, code] of [
      [() => undefined, 'code.no_answer'],
      [() => ({ ...SUCCESS, codeType: 'ORDER_CODE' }), 'code.no_answer'],
      [() => result('F', 'INVALID_CODE'), 'code.unknown'],
      [() => orderOf('private-1', { paymentAmount: { currency: 'USD', value: '1' } }), 'code.unknown'],
      [() => ({ ...SUCCESS, codeType: 'STORE_CODE', paymentRedirectUrl: 'javascript:alert(1)' }), 'code.unknown'],
    ] satisfies [Said, string][]) {
      said = answer
      const reply = await payer.call(readCode, { params, body: { code: 'TABLE-13' } })
      expect(reply.body).toMatchObject({ code })
    }
  })

  test('so does a wallet that is joined with him', async () => {
    said = () => orderOf('private-2', { paymentAmount: undefined, amount: { currency: 'USD', value: '700' } })
    const { body } = await wallet.server.call('payments/userInitiatedPay', { codeValue: 'TABLE-14', customerId: 'c' })
    expect(body).toMatchObject({ codeType: 'ORDER_CODE', paymentAmount: { currency: 'USD', value: '700' } })
    await wallet.server.call('payments/notifyPayment', {
      paymentResult: SUCCESS.result,
      paymentRequestId: body.paymentRequestId,
    })
    expect(await outcomeOf({ paymentRequestId: 'private-2' })).toMatchObject({ resultCode: 'SUCCESS' })
    const other = await wallet.server.call('payments/userInitiatedPay', { codeValue: 'T', acquirerId: '1' })
    expect(other.body.result.resultCode).toBe('INVALID_CODE')
  })

  test('is no address: that of a shop is opened, and one of ours, which may hold a secret, is told to nobody', async () => {
    const read = (codeValue: string) => wallet.server.call('payments/userInitiatedPay', { codeValue })
    const page = await read('https://shop.example/counter/7')
    expect(page.body).toMatchObject({ codeType: 'STORE_CODE', paymentRedirectUrl: 'https://shop.example/counter/7' })
    const secret = await read(`${center.origin}/wallet/authorize/agr_1/secret`)
    expect(secret.body.result.resultCode).toBe('INVALID_CODE')
    expect(asked()).toHaveLength(0)
  })
})

test('about private codes so many questions are asked, and no more', async () => {
  const strict = await startCenter({ config: { clockFactor: 600, rateFactor: 2 } })
  const one = await makeIntegration(strict, { notify: false })
  const params = { applicationId: one.application.id }
  await one.developer.do(addProducts, { params, body: { products: ['merchant_presented'] } })
  const url = one.server.urlOf('code')
  await one.developer.do(setNotificationUrl, { params: { ...params, api: 'userInitiatedPay' }, body: { url } })
  const reader = await makeWallet(strict)
  await join(reader, one)
  one.server.acknowledge = (received, response) =>
    one.server.answerSigned(received, response, result('F', 'INVALID_CODE'))
  const most = PRIVATE_CODES.burst * 2
  const read = () => reader.server.call('payments/userInitiatedPay', { codeValue: 'GUESS' })
  const codes: string[] = []
  while (!codes.includes('REQUEST_TRAFFIC_EXCEED_LIMIT') && codes.length < 10 * most) {
    const replies = await Promise.all(Array.from({ length: 10 }, read))
    codes.push(...replies.map(({ body }) => body.result.resultCode))
  }
  expect(codes).toContain('REQUEST_TRAFFIC_EXCEED_LIMIT')
  expect(one.server.received.length).toBeLessThan(codes.length)
  await one.server.close()
  await reader.server.close()
  await strict.close()
})

describe('joining', () => {
  test('is done with a code that is good once and for a day, and is seen and ended from both sides', async () => {
    const one = await integration()
    const params = { applicationId: one.application.id }
    const { code: old } = await wallet.developer.do(newPairingCode, { params: wallet.params })
    const { code } = await wallet.developer.do(newPairingCode, { params: wallet.params })
    const enter = (typed: string) => one.developer.call(joinWallet, { params, body: { code: typed } })
    expect((await enter(old)).body).toMatchObject({ code: 'pair.code_unknown' })
    expect((await enter(` ${code} `)).body).toMatchObject({
      side: 'acquirer',
      items: [{ applicationName: 'Tide Wallet', participantId: pspId() }],
    })
    expect((await enter(code)).body).toMatchObject({ code: 'pair.code_unknown' })
    await expect(join(wallet, one)).rejects.toThrow('pair.present')
    const { items } = await wallet.developer.do(listPairs, { params: wallet.params })
    const pairId = items.find(({ applicationName }) => applicationName === one.application.name)?.id ?? ''
    const ended = await wallet.developer.do(endPair, { params: { ...wallet.params, pairId } })
    expect(ended.items.map(({ id }) => id)).not.toContain(pairId)
    const order = shopOrder(await codeOf(wallet))
    expect((await one.server.call('payments/pay', order)).body.result.resultCode).toBe('INVALID_CODE')
    expect((await one.developer.call(endPair, { params: { ...params, pairId } })).status).toBe(404)
    await one.server.close()
  })

  test('with more than there is room for is refused, however many codes are entered at once', async () => {
    const one = await integration()
    const params = { applicationId: one.application.id }
    const codes: string[] = []
    for (let i = 0; i < PAIRING.perApplication + 4; i++) {
      const body = { name: `Wallet ${i}`, partnerType: 'wallet', description: '', products: ['cashier'] } as const
      const { id } = await wallet.developer.do(createApplication, { body: { ...body, products: [...body.products] } })
      codes.push((await wallet.developer.do(newPairingCode, { params: { applicationId: id } })).code)
    }
    const enter = (code: string) => one.developer.call(joinWallet, { params, body: { code } })
    for (const code of codes.splice(0, PAIRING.perApplication - 2)) expect((await enter(code)).status).toBe(200)
    const entered = await Promise.all(codes.map(enter))
    expect(entered.filter(({ status }) => status === 200)).toHaveLength(2)
    expect(entered.filter(({ body }) => body.code === 'pair.too_many')).toHaveLength(4)
    expect((await one.developer.do(listPairs, { params })).items).toHaveLength(PAIRING.perApplication)
    await one.server.close()
  })

  test('an acquirer makes no codes, and a wallet joins no wallet', async () => {
    const params = { applicationId: acquirer.application.id }
    const made = await acquirer.developer.call(newPairingCode, { params })
    expect(made.body).toMatchObject({ code: 'pair.not_a_wallet' })
    const entered = await wallet.developer.call(joinWallet, { params: wallet.params, body: { code: 'x' } })
    expect(entered.body).toMatchObject({ code: 'pair.is_a_wallet' })
  })
})
