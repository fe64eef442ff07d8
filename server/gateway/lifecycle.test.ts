import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, forwardSandboxClock } from '../../contract/applications.ts'
import { decideOrder, newPaymentCode } from '../../contract/wallet.ts'
import { nextState, type PaymentEvent, type PaymentState, paymentEvents, paymentStates } from '../../rules/payment.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { cashierOrder, orderKey, shopOrder, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let payer: TestBrowser

beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center, { notify: false })
  await made.developer.do(addProducts, {
    params: { applicationId: made.application.id },
    body: { products: ['user_presented'] },
  })
  payer = new TestBrowser(center.origin)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

const usd = (value: string) => ({ currency: 'USD', value })
const forward = (forwardSeconds: number, integration = made) =>
  integration.developer.do(forwardSandboxClock, {
    params: { applicationId: integration.application.id },
    body: { forwardSeconds },
  })
const codeOf = (reply: { body: { result: { resultCode: string } } }) => reply.body.result.resultCode

type Started = { id: string; key: { paymentId: string; secret: string }; order: ReturnType<typeof cashierOrder> }

async function start(change = {}): Promise<Started> {
  const order = cashierOrder(change)
  const reply = await made.server.pay(order)
  return { id: String(order.paymentRequestId), key: orderKey(reply.body), order }
}

const EXPIRY_SECONDS = 601

/** What a test does to cause the event, by calls only. */
const CAUSE: Record<PaymentEvent, (payment: Started) => Promise<unknown>> = {
  confirm: ({ key }) => payer.call(decideOrder, { params: key, body: { decision: 'pay' } }),
  decline: ({ key }) => payer.call(decideOrder, { params: key, body: { decision: 'decline' } }),
  expire: () => forward(EXPIRY_SECONDS),
  cancel: ({ id }) => made.server.cancel({ paymentRequestId: id }),
  refundPart: ({ id }) => made.server.refund({ paymentRequestId: id, refundAmount: usd('500') }),
  refundRest: async ({ id }) => {
    const { refunded_minor } = await rowOf(id)
    const rest = String(1999 - refunded_minor)
    return made.server.refund({ paymentRequestId: id, refundAmount: usd(rest === '0' ? '1' : rest) })
  },
}

const WAY: Record<PaymentState, PaymentEvent[]> = {
  PAYING: [],
  SUCCESS: ['confirm'],
  FAILED: ['decline'],
  CLOSED: ['expire'],
  CANCELLED: ['cancel'],
  PARTIALLY_REFUNDED: ['confirm', 'refundPart'],
  REFUNDED: ['confirm', 'refundRest'],
}

const rowOf = (id: string) =>
  center.app.database.reader
    .selectFrom('payments')
    .selectAll()
    .where('payment_request_id', '=', id)
    .executeTakeFirstOrThrow()

async function inState(state: PaymentState): Promise<Started> {
  const payment = await start()
  for (const event of WAY[state]) await CAUSE[event](payment)
  expect((await rowOf(payment.id)).state).toBe(state)
  return payment
}

describe('every state and every event', () => {
  for (const state of paymentStates) {
    for (const event of paymentEvents) {
      const after = nextState(state, event)
      test(`${state}: ${event} ${after === undefined ? 'changes nothing' : `makes it ${after}`}`, async () => {
        const payment = await inState(state)
        await CAUSE[event](payment)
        expect((await rowOf(payment.id)).state).toBe(after ?? state)
      })
    }
  }
})

describe('cancelPayment', () => {
  test('by either id, twice, says SUCCESS, signed', async () => {
    const { id, key } = await start()
    for (const by of [
      { paymentId: key.paymentId },
      { paymentRequestId: id },
      { paymentId: 'x', paymentRequestId: id },
    ]) {
      const reply = await made.server.cancel(by)
      expect(reply.verified).toBe(true)
      expect(reply.body).toMatchObject({
        result: { resultCode: 'SUCCESS', resultStatus: 'S' },
        acquirerId: made.sandbox.participantId,
      })
    }
  })

  test('is told by inquiryPayment as a closed order with a transaction of its own', async () => {
    const { id, key, order } = await start()
    await payer.do(decideOrder, { params: key, body: { decision: 'pay' } })
    await made.server.cancel({ paymentRequestId: id })
    const { body } = await made.server.inquire({ paymentRequestId: id })
    expect(body).toMatchObject({
      result: { resultCode: 'SUCCESS' },
      paymentResult: { resultCode: 'ORDER_IS_CLOSED', resultStatus: 'F' },
      transactions: [
        { transactionType: 'PAYMENT', transactionStatus: 'SUCCESS' },
        { transactionType: 'CANCEL', transactionStatus: 'SUCCESS', transactionAmount: usd('1999') },
      ],
    })
    expect(body.paymentTime).toBeUndefined()
    expect(codeOf(await made.server.pay(order))).toBe('ORDER_IS_CLOSED')
  })

  test('of an order that nobody has paid makes its payment a cancelled one', async () => {
    const { id } = await start()
    await made.server.cancel({ paymentRequestId: id })
    expect((await made.server.inquire({ paymentRequestId: id })).body.transactions).toMatchObject([
      { transactionType: 'PAYMENT', transactionStatus: 'CANCELLED' },
      { transactionType: 'CANCEL', transactionStatus: 'SUCCESS' },
    ])
  })

  test('of a paymentRequestId that never arrived holds: a later pay is closed', async () => {
    const order = cashierOrder()
    const by = { paymentRequestId: order.paymentRequestId }
    expect(codeOf(await made.server.cancel(by))).toBe('SUCCESS')
    expect(codeOf(await made.server.cancel(by))).toBe('SUCCESS')
    const reply = await made.server.pay(order)
    expect(reply.body.result).toMatchObject({ resultCode: 'ORDER_IS_CLOSED', resultStatus: 'F' })
    expect(reply.body.paymentUrl).toBeUndefined()
    const inquiry = await made.server.inquire(by)
    expect(inquiry.body).toMatchObject({ paymentResult: { resultCode: 'ORDER_IS_CLOSED' } })
    expect(inquiry.body.paymentAmount).toBeUndefined()
    expect(codeOf(await made.server.refund(by))).toBe('ORDER_NOT_EXIST')
  })

  test('of an unknown paymentId alone is ORDER_NOT_EXIST, of nothing PARAM_ILLEGAL', async () => {
    expect(codeOf(await made.server.cancel({ paymentId: '2020' }))).toBe('ORDER_NOT_EXIST')
    expect(codeOf(await made.server.cancel({}))).toBe('PARAM_ILLEGAL')
  })

  test('racing with its own pay ends cancelled, whoever comes first', async () => {
    for (let round = 0; round < 20; round++) {
      const order = cashierOrder()
      const id = String(order.paymentRequestId)
      const [, cancelled] = await Promise.all([made.server.pay(order), made.server.cancel({ paymentRequestId: id })])
      expect(codeOf(cancelled)).toBe('SUCCESS')
      expect((await rowOf(id)).state).toBe('CANCELLED')
    }
  })

  test('gives back what is left after refunds', async () => {
    const { id } = await inState('PARTIALLY_REFUNDED')
    await made.server.cancel({ paymentRequestId: id })
    expect((await made.server.inquire({ paymentRequestId: id })).body.transactions).toMatchObject([
      { transactionType: 'PAYMENT' },
      { transactionType: 'REFUND', transactionAmount: usd('500') },
      { transactionType: 'CANCEL', transactionAmount: usd('1499') },
    ])
  })
})

describe('refund', () => {
  const paid = async () => (await inState('SUCCESS')).id

  test('answers with an id, a time and the amount, and repeats the same bytes', async () => {
    const request = { paymentRequestId: await paid(), refundRequestId: `r-${Math.floor(center.clock.now())}-same` }
    const first = await made.server.refund(request)
    expect(first.verified).toBe(true)
    expect(first.body).toMatchObject({
      result: { resultCode: 'SUCCESS', resultStatus: 'S' },
      acquirerId: made.sandbox.participantId,
      refundId: expect.stringMatching(/^\d{32}$/),
      refundTime: expect.any(String),
      refundAmount: usd('1999'),
    })
    expect((await made.server.refund(request)).raw).toBe(first.raw)
  })

  test('several parts stand in the list of transactions, and never exceed the payment', async () => {
    const id = await paid()
    for (const value of ['1000', '900']) {
      expect(codeOf(await made.server.refund({ paymentRequestId: id, refundAmount: usd(value) }))).toBe('SUCCESS')
    }
    const over = await made.server.refund({ paymentRequestId: id, refundAmount: usd('100') })
    expect(over.body.result).toMatchObject({ resultCode: 'REFUND_AMOUNT_EXCEED', resultStatus: 'F' })
    expect(over.body.result.resultMessage).toContain('99')
    expect(codeOf(await made.server.refund({ paymentRequestId: id, refundAmount: usd('99') }))).toBe('SUCCESS')
    const { body } = await made.server.inquire({ paymentRequestId: id })
    expect(body.paymentResult).toMatchObject({ resultCode: 'SUCCESS' })
    expect((body.transactions as { transactionType: string }[]).map((t) => t.transactionType)).toEqual([
      'PAYMENT',
      'REFUND',
      'REFUND',
      'REFUND',
    ])
  })

  test('fifty at once take exactly what is there', async () => {
    const id = await paid()
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => made.server.refund({ paymentRequestId: id, refundAmount: usd('100') })),
    )
    expect(replies.filter((reply) => codeOf(reply) === 'SUCCESS')).toHaveLength(19)
    expect(replies.filter((reply) => codeOf(reply) === 'REFUND_AMOUNT_EXCEED')).toHaveLength(31)
    expect((await rowOf(id)).refunded_minor).toBe(1900)
  })

  test('fifty copies of one make one refund', async () => {
    const request = { paymentRequestId: await paid(), refundRequestId: `copies-${center.clock.now()}` }
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => made.server.refund({ ...request, refundAmount: usd('10') })),
    )
    expect(new Set(replies.map(({ raw }) => raw)).size).toBe(1)
    expect((await rowOf(request.paymentRequestId)).refunded_minor).toBe(10)
  })

  test.each([
    ['refundAmount', async () => ({ refundAmount: usd('2') })],
    ['payment', async () => ({ paymentRequestId: await paid() })],
    ['payment', async () => ({ paymentRequestId: 'never heard of' })],
  ])('repeated with another %s is inconsistent', async (name, change) => {
    const request = { paymentRequestId: await paid(), refundRequestId: `other-${center.clock.now()}` }
    await made.server.refund({ ...request, refundAmount: usd('1') })
    const reply = await made.server.refund({ ...request, refundAmount: usd('1'), ...(await change()) })
    expect(codeOf(reply)).toBe('REPEAT_REQ_INCONSISTENT')
    expect(reply.body.result.resultMessage).toContain(name)
  })

  test.each(['PAYING', 'FAILED', 'CLOSED', 'CANCELLED'] as const)(
    'of a payment that is %s exceeds it',
    async (state) => {
      const { id } = await inState(state)
      expect(codeOf(await made.server.refund({ paymentRequestId: id, refundAmount: usd('1') }))).toBe(
        'REFUND_AMOUNT_EXCEED',
      )
    },
  )

  test.each([
    [{ refundAmount: { currency: 'EUR', value: '1' } }, 'refundAmount.currency'],
    [{ refundAmount: usd('0') }, 'refundAmount.value'],
    [{ refundAmount: undefined }, 'refundAmount'],
    [{ refundRequestId: '' }, 'refundRequestId'],
    [{ refundRequestId: 'x'.repeat(65) }, 'refundRequestId'],
    [{ paymentRequestId: undefined }, 'paymentRequestId'],
  ])('names the field that is wrong: %j', async (change, field) => {
    const reply = await made.server.refund({ paymentRequestId: await paid(), ...change })
    expect(reply.body.result).toMatchObject({ resultCode: 'PARAM_ILLEGAL' })
    expect(reply.body.result.resultMessage).toContain(field)
  })

  test('of an unknown payment, or of another application’s, is ORDER_NOT_EXIST', async () => {
    expect(codeOf(await made.server.refund({ paymentRequestId: 'nobody' }))).toBe('ORDER_NOT_EXIST')
    expect(codeOf(await made.server.refund({ paymentId: '123' }))).toBe('ORDER_NOT_EXIST')
  })
})

describe('the clock of the sandbox', () => {
  test('moved a day ends the window of cancelling, moved a year that of refunding', async () => {
    const one = await inState('SUCCESS')
    const before = await made.server.inquire({ paymentRequestId: one.id })
    await forward(25 * 3600)
    expect(codeOf(await made.server.cancel({ paymentRequestId: one.id }))).toBe('CANCEL_WINDOW_EXCEED')
    expect(codeOf(await made.server.refund({ paymentRequestId: one.id, refundAmount: usd('1') }))).toBe('SUCCESS')
    const sandbox = await forward(366 * 86_400)
    expect(sandbox.clock.offsetSeconds).toBeGreaterThan(366 * 86_400)
    expect(codeOf(await made.server.refund({ paymentRequestId: one.id, refundAmount: usd('1') }))).toBe(
      'REFUND_WINDOW_EXCEED',
    )
    const later = await inState('SUCCESS')
    const after = await made.server.inquire({ paymentRequestId: later.id })
    expect(Date.parse(String(after.body.paymentTime)) - Date.parse(String(before.body.paymentTime))).toBeGreaterThan(
      360 * 86_400_000,
    )
  })

  test('counts for a refund and a cancel, though nobody has looked since: what is due happens first', async () => {
    const slow = async () => {
      const one = await start({ paymentAmount: usd('9913') })
      await CAUSE.confirm(one)
      return one
    }
    const [returned, cancelled, early] = [await slow(), await slow(), await slow()]
    expect(codeOf(await made.server.refund({ paymentRequestId: early.id, refundAmount: usd('1') }))).not.toBe('SUCCESS')
    center.clock.forward(6)
    expect(codeOf(await made.server.refund({ paymentRequestId: returned.id, refundAmount: usd('9913') }))).toBe(
      'SUCCESS',
    )
    expect(codeOf(await made.server.cancel({ paymentRequestId: cancelled.id }))).toBe('SUCCESS')
    expect((await rowOf(cancelled.id)).final_at).not.toBeNull()
  })

  test('of one application brings about nothing of another, and no more than a batch of its own at once', async () => {
    const still = await startCenter()
    const [own, others] = [
      await makeIntegration(still, { notify: false }),
      await makeIntegration(still, { notify: false }),
    ]
    const states = async ({ application }: typeof own) =>
      still.app.database.reader
        .selectFrom('payments')
        .select('state')
        .where('application_id', '=', application.id)
        .execute()
    const open = async ({ server }: typeof own, count: number) => {
      for (let i = 0; i < count; i++) await server.pay()
    }
    await still.worker.stop()
    await open(own, 60)
    await open(others, 1)
    still.clock.forward(EXPIRY_SECONDS)
    await own.developer.do(forwardSandboxClock, {
      params: { applicationId: own.application.id },
      body: { forwardSeconds: 1 },
    })
    expect((await states(own)).filter(({ state }) => state === 'CLOSED')).toHaveLength(50)
    expect(await states(others)).toEqual([{ state: 'PAYING' }])
    await Promise.all([own.server.close(), others.server.close()])
    await still.close()
  })

  test('does not touch the wire: signatures and headers stay on real time', async () => {
    const reply = await made.server.pay()
    expect(Math.abs(Date.parse(reply.headers.get('response-time') ?? '') - center.clock.now())).toBeLessThan(60_000)
  })

  test('belongs to one application', async () => {
    const other = await makeIntegration(center, { notify: false })
    const order = cashierOrder()
    await other.server.pay(order)
    await forward(EXPIRY_SECONDS)
    const { body } = await other.server.inquire({ paymentRequestId: order.paymentRequestId })
    expect(body.paymentResult).toMatchObject({ resultCode: 'PAYMENT_IN_PROCESS' })
    await other.server.close()
  })

  test('goes forward only, and not beyond its end', async () => {
    const params = { applicationId: made.application.id }
    for (const forwardSeconds of [0, -1, 1.5, 401 * 86_400]) {
      const reply = await made.developer.call(forwardSandboxClock, { params, body: { forwardSeconds } })
      expect(reply.body.code).toBe('request.invalid')
    }
    const other = await makeIntegration(center, { notify: false })
    for (let i = 0; i < 9; i++) await forward(400 * 86_400, other)
    const reply = await other.developer.call(forwardSandboxClock, {
      params: { applicationId: other.application.id },
      body: { forwardSeconds: 60 * 86_400 },
    })
    expect(reply.body.code).toBe('clock.too_far')
    await other.server.close()
  })
})

describe('a payment by code', () => {
  const wallet = () => walletKey(made.sandbox.testWalletUrl)
  const newCode = async () => (await payer.do(newPaymentCode, { params: wallet() })).code?.value ?? ''

  test('succeeds at once, and its code works once', async () => {
    const code = await newCode()
    expect(code).toMatch(/^25100102\d{16}$/)
    const order = shopOrder(code)
    const reply = await made.server.pay(order)
    expect(reply.verified).toBe(true)
    expect(reply.body).toMatchObject({
      result: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentTime: expect.any(String),
      walletBrandName: 'TEST_WALLET',
    })
    expect(reply.body.paymentUrl).toBeUndefined()
    expect((await made.server.pay(order)).raw).toBe(reply.raw)
    expect(codeOf(await made.server.pay(shopOrder(code)))).toBe('INVALID_CODE')
  })

  test('of many at once with the same code, one is paid', async () => {
    const code = await newCode()
    const replies = await Promise.all(Array.from({ length: 20 }, () => made.server.pay(shopOrder(code))))
    expect(replies.filter((reply) => codeOf(reply) === 'SUCCESS')).toHaveLength(1)
    expect(replies.filter((reply) => codeOf(reply) === 'INVALID_CODE')).toHaveLength(19)
  })

  test('that is over a minute old is expired; unknown, foreign and malformed ones are invalid', async () => {
    const code = await newCode()
    await forward(61)
    expect(codeOf(await made.server.pay(shopOrder(code)))).toBe('EXPIRED_CODE')
    for (const wrong of ['251001020000000000000000', '123', 'code', '2'.repeat(33)]) {
      expect(codeOf(await made.server.pay(shopOrder(wrong)))).toBe('INVALID_CODE')
    }
    const other = await makeIntegration(center, { notify: false })
    await other.developer.do(addProducts, {
      params: { applicationId: other.application.id },
      body: { products: ['user_presented'] },
    })
    const foreign = await payer.do(newPaymentCode, { params: walletKey(other.sandbox.testWalletUrl) })
    expect(codeOf(await made.server.pay(shopOrder(foreign.code?.value ?? '')))).toBe('INVALID_CODE')
    await other.server.close()
  })

  test.each([
    [{ paymentFactor: { isInStorePayment: true } }, 'paymentFactor.inStorePaymentScenario'],
    [{ paymentMethod: { paymentMethodType: 'CONNECT_WALLET' } }, 'paymentMethod.paymentMethodId'],
    [{ order: cashierOrder().order }, 'order.merchant.store'],
    [{ paymentExpiryTime: '2001-01-01T00:00:00Z' }, 'paymentExpiryTime'],
  ])('names the field that is wrong: %j', async (change, field) => {
    const reply = await made.server.pay(shopOrder(await newCode(), '1999', change))
    expect(codeOf(reply)).toBe('PARAM_ILLEGAL')
    expect(reply.body.result.resultMessage).toContain(field)
  })

  test('is shown by the wallet of an application that reads codes, thirty a minute at most', async () => {
    const other = await makeIntegration(center, { notify: false })
    const params = walletKey(other.sandbox.testWalletUrl)
    expect((await payer.call(newPaymentCode, { params })).body.code).toBe('wallet.no_codes')
    await other.developer.do(addProducts, {
      params: { applicationId: other.application.id },
      body: { products: ['user_presented'] },
    })
    const replies = await Promise.all(Array.from({ length: 45 }, () => payer.call(newPaymentCode, { params })))
    const refused = replies.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThanOrEqual(1)
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['wallet.too_many_codes']))
    expect((await payer.call(newPaymentCode, { params: { secret: 'x'.repeat(32) } })).body.code).toBe('thing.not_found')
    await other.server.close()
  })

  test('can be refunded and cancelled like any other', async () => {
    const order = shopOrder(await newCode())
    await made.server.pay(order)
    const by = { paymentRequestId: order.paymentRequestId }
    expect(codeOf(await made.server.refund({ ...by, refundAmount: usd('1') }))).toBe('SUCCESS')
    expect(codeOf(await made.server.cancel(by))).toBe('SUCCESS')
  })
})
