import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, forwardSandboxClock } from '../../contract/applications.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { decideOrder, getOrder, getWallet, newPaymentCode } from '../../contract/wallet.ts'
import { AGREED_INPUTS } from '../../rules/simulator.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { cashierOrder, orderKey, shopOrder, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let payer: TestBrowser

beforeAll(async () => {
  center = await startCenter()
  made = await integration(center)
  payer = new TestBrowser(center.origin)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

async function integration(of: Center) {
  const integrated = await makeIntegration(of)
  await integrated.developer.do(addProducts, {
    params: { applicationId: integrated.application.id },
    body: { products: ['user_presented'] },
  })
  return integrated
}

type Made = typeof made
const usd = (value: string) => ({ currency: 'USD', value })
const codeOf = (reply: { body: { result: { resultCode: string } } }) => reply.body.result.resultCode
const onlineOrder = (value: string) =>
  cashierOrder({
    paymentAmount: usd(value),
    order: { ...(cashierOrder().order as object), orderAmount: usd(value) },
  })
const newCode = async ({ sandbox }: Made, payingBrowser = payer) =>
  (await payingBrowser.do(newPaymentCode, { params: walletKey(sandbox.testWalletUrl) })).code?.value ?? ''
const inquire = (order: Record<string, unknown>) => made.server.inquire({ paymentRequestId: order.paymentRequestId })
const outcome = async (order: Record<string, unknown>) =>
  (((await inquire(order)).body.paymentResult ?? {}) as { resultCode?: string }).resultCode
const forward = (forwardSeconds: number) =>
  made.developer.do(forwardSandboxClock, {
    params: { applicationId: made.application.id },
    body: { forwardSeconds },
  })
const payOnline = async (order: Record<string, unknown>) => {
  const reply = await made.server.pay(order)
  return payer.do(decideOrder, { params: orderKey(reply.body), body: { decision: 'pay' } })
}

const withWallet = AGREED_INPUTS.flatMap(({ value, walletSays, walletSeconds }) =>
  walletSays && walletSeconds === undefined ? [[value, walletSays] as const] : [],
)
const refused = AGREED_INPUTS.flatMap(({ value, refused: code }) => (code ? [[value, code] as const] : []))

describe('what the wallet says', () => {
  test.each(withWallet)('%s: %s, online when the payer presses Pay Now', async (value, code) => {
    const order = onlineOrder(value)
    const view = await payOnline(order)
    expect(view).toMatchObject({ state: 'FAILED', failure: code })
    expect(await outcome(order)).toBe(code)
    expect((await inquire(order)).body.transactions).toMatchObject([{ transactionStatus: 'FAIL' }])
    expect(codeOf(await made.server.pay(order))).toBe(code)
  })

  test.each(withWallet)('%s: %s, in the shop at once', async (value, code) => {
    const order = shopOrder(await newCode(made), value)
    expect(codeOf(await made.server.pay(order))).toBe(code)
    expect(await outcome(order)).toBe(code)
  })

  test('a decline still makes the payer the one who declined', async () => {
    const order = onlineOrder('9905')
    const reply = await made.server.pay(order)
    const params = orderKey(reply.body)
    await payer.do(decideOrder, { params, body: { decision: 'decline' } })
    expect(await outcome(order)).toBe('USER_PAYMENT_VERIFICATION_FAILED')
    expect((await payer.call(decideOrder, { params, body: { decision: 'pay' } })).body.code).toBe('order.closed')
  })
})

test.each(refused)('%s: pay is refused with %s, and nothing is started', async (value, code) => {
  for (const order of [onlineOrder(value), shopOrder(await newCode(made), value)]) {
    expect(codeOf(await made.server.pay(order))).toBe(code)
    expect(codeOf(await inquire(order))).toBe('ORDER_NOT_EXIST')
  }
})

test('an amount on the wallet’s side counts before the amount of the payment', async () => {
  const order = shopOrder(await newCode(made), '1999', { payToAmount: { currency: 'JPY', value: '9905' } })
  expect(codeOf(await made.server.pay(order))).toBe('USER_BALANCE_NOT_ENOUGH')
})

test('9901: unknown for ever, until its time is over or it is cancelled', async () => {
  const order = onlineOrder('9901')
  expect((await made.server.pay(order)).body.result).toMatchObject({
    resultCode: 'UNKNOWN_EXCEPTION',
    resultStatus: 'U',
  })
  expect(codeOf(await made.server.pay(order))).toBe('UNKNOWN_EXCEPTION')
  expect(await outcome(order)).toBe('PAYMENT_IN_PROCESS')
  const shop = shopOrder(await newCode(made), '9901')
  expect(codeOf(await made.server.pay(shop))).toBe('UNKNOWN_EXCEPTION')
  expect(codeOf(await made.server.cancel({ paymentRequestId: shop.paymentRequestId }))).toBe('SUCCESS')
  await forward(601)
  expect(await outcome(order)).toBe('ORDER_IS_CLOSED')
  expect(codeOf(await made.server.pay(order))).toBe('ORDER_IS_CLOSED')
  expect(codeOf(await made.server.pay(shop))).toBe('ORDER_IS_CLOSED')
})

test('9903: inquiryPayment is unknown every time, the outcome comes by notification', async () => {
  const order = shopOrder(await newCode(made), '9903')
  expect(codeOf(await made.server.pay(order))).toBe('PAYMENT_IN_PROCESS')
  expect((await inquire(order)).body.result).toMatchObject({ resultCode: 'UNKNOWN_EXCEPTION', resultStatus: 'U' })
  await forward(6)
  expect(codeOf(await inquire(order))).toBe('UNKNOWN_EXCEPTION')
  expect(codeOf(await made.server.pay(order))).toBe('SUCCESS')
})

test('9913 and 9914: in process for five seconds, then paid or failed', async () => {
  const paid = shopOrder(await newCode(made), '9913')
  const failed = onlineOrder('9914')
  expect(codeOf(await made.server.pay(paid))).toBe('PAYMENT_IN_PROCESS')
  expect(await payOnline(failed)).toMatchObject({ state: 'PAYING', isProcessing: true })
  expect(await outcome(failed)).toBe('PAYMENT_IN_PROCESS')
  await forward(6)
  expect(await outcome(paid)).toBe('SUCCESS')
  expect(await outcome(failed)).toBe('PROCESS_FAIL')
})

test('9916: the order waits in the Test Wallet, where the payer decides', async () => {
  const code = await newCode(made)
  const order = shopOrder(code, '9916')
  const reply = await made.server.pay(order)
  expect(codeOf(reply)).toBe('PAYMENT_IN_PROCESS')
  expect(reply.body.paymentUrl).toBeUndefined()
  const params = walletKey(made.sandbox.testWalletUrl)
  const { waiting, code: shown } = await payer.do(getWallet, { params })
  expect(shown).toBeNull()
  const [asked] = waiting
  if (!asked) throw new Error('nothing waits')
  expect(asked).toMatchObject({ amount: usd('9916'), merchantName: 'Harbour Theatre', state: 'PAYING' })
  const key = { paymentId: asked.paymentId, secret: asked.secret }
  expect(await payer.do(getOrder, { params: key })).toMatchObject({ state: 'PAYING' })
  await payer.do(decideOrder, { params: key, body: { decision: 'pay' } })
  expect(await outcome(order)).toBe('SUCCESS')
  const after = await payer.do(getWallet, { params })
  expect(after.waiting).toEqual([])
  expect(after.payments[0]).toMatchObject({ state: 'SUCCESS', amount: usd('9916') })
})

test('9917: the first attempt to notify comes a minute later', async () => {
  const order = onlineOrder('9917')
  await payOnline(order)
  const read = () =>
    center.app.database.reader
      .selectFrom('notifications')
      .select(['attempts', 'next_attempt_at', 'created_at'])
      .where('payment_request_id', '=', String(order.paymentRequestId))
      .executeTakeFirstOrThrow()
  const { attempts, next_attempt_at, created_at } = await read()
  expect(attempts).toBe(0)
  expect((next_attempt_at ?? 0) - created_at).toBe(60_000)
})

test('9918 and 9919: done, but first answered as unknown', async () => {
  const order = shopOrder(await newCode(made), '9918')
  await made.server.pay(order)
  const refund = { paymentRequestId: order.paymentRequestId, refundRequestId: 'unknown-1', refundAmount: usd('18') }
  expect(codeOf(await made.server.refund(refund))).toBe('UNKNOWN_EXCEPTION')
  expect((await made.server.refund(refund)).body).toMatchObject({ result: { resultCode: 'SUCCESS' } })
  expect((await inquire(order)).body.transactions).toHaveLength(2)

  const other = shopOrder(await newCode(made), '9919')
  await made.server.pay(other)
  const by = { paymentRequestId: other.paymentRequestId }
  expect(codeOf(await made.server.cancel(by))).toBe('UNKNOWN_EXCEPTION')
  expect(codeOf(await made.server.cancel(by))).toBe('SUCCESS')
  expect(await outcome(other)).toBe('ORDER_IS_CLOSED')
})

test('the log says beside the call what was agreed', async () => {
  const order = onlineOrder('9913')
  await made.server.pay(order)
  const params = { applicationId: made.application.id }
  const { items } = await made.developer.do(listExchanges, {
    params,
    query: { search: String(order.paymentRequestId) },
  })
  const detail = await made.developer.do(getExchange, { params: { ...params, exchangeId: items[0]?.id ?? '' } })
  expect(detail.warning).toContain('9913')
})

describe('answers that come too late', () => {
  /** Answers are held in real time; the stop of the server ends them, which is tested by the same token. */
  const withOwnCenter = async (run: (own: Center, integrated: Made, browser: TestBrowser) => Promise<void>) => {
    const own = await startCenter()
    const integrated = await integration(own)
    let isStopped = false
    const stop = async () => {
      if (!isStopped) await own.close()
      isStopped = true
    }
    try {
      await run({ ...own, stop }, integrated, new TestBrowser(own.origin))
    } finally {
      await stop()
      await integrated.server.close()
    }
  }

  test('9915: the payment has succeeded, the answer is held, a repeat is answered at once', () =>
    withOwnCenter(async (own, { server, sandbox }, browser) => {
      const code = (await browser.do(newPaymentCode, { params: walletKey(sandbox.testWalletUrl) })).code?.value ?? ''
      const order = shopOrder(code, '9915')
      let isAnswered = false
      const held = server.pay(order).then((reply) => {
        isAnswered = true
        return reply
      })
      const state = async () =>
        (await server.inquire({ paymentRequestId: order.paymentRequestId })).body.paymentResult as object
      await expect.poll(state).toMatchObject({ resultCode: 'SUCCESS' })
      expect(codeOf(await server.pay(order))).toBe('SUCCESS')
      expect(isAnswered).toBe(false)
      await own.stop()
      expect(codeOf(await held)).toBe('SUCCESS')
    }))

  test('9902: nothing is started, and a cancel keeps it so', () =>
    withOwnCenter(async (own, { server }) => {
      const order = onlineOrder('9902')
      let isAnswered = false
      const held = server.pay(order).then((reply) => {
        isAnswered = true
        return reply
      })
      const by = { paymentRequestId: order.paymentRequestId }
      expect(codeOf(await server.inquire(by))).toBe('ORDER_NOT_EXIST')
      expect(codeOf(await server.cancel(by))).toBe('SUCCESS')
      expect(codeOf(await server.pay(order))).toBe('ORDER_IS_CLOSED')
      expect(isAnswered).toBe(false)
      await own.stop()
      expect(codeOf(await held)).toBe('UNKNOWN_EXCEPTION')
    }))

  test('9904: inquiryPayment of it is held, other calls are not', () =>
    withOwnCenter(async (own, { server }) => {
      const order = onlineOrder('9904')
      await server.pay(order)
      let isAnswered = false
      const held = server.inquire({ paymentRequestId: order.paymentRequestId }).then((reply) => {
        isAnswered = true
        return reply
      })
      expect(codeOf(await server.pay(order))).toBe('PAYMENT_IN_PROCESS')
      expect(codeOf(await server.pay(onlineOrder('100')))).toBe('PAYMENT_IN_PROCESS')
      expect(isAnswered).toBe(false)
      await own.stop()
      expect(codeOf(await held)).toBe('SUCCESS')
    }))
})
