import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, getSandbox } from '../../contract/applications.ts'
import { decideOrder, getWallet, readCode } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { amsOrder, cashierOrder, type GatewayReply, orderKey, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let payer: TestBrowser
let params: { secret: string }

beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  made = await integration()
  payer = new TestBrowser(center.origin)
  params = await walletOf(made)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Json = Record<string, unknown>
async function integration() {
  const made = await makeIntegration(center)
  const params = { applicationId: made.application.id }
  await made.developer.do(addProducts, { params, body: { products: ['merchant_presented'] } })
  return made
}
async function walletOf({ developer, application }: typeof made) {
  const { testWalletUrl } = await developer.do(getSandbox, { params: { applicationId: application.id } })
  return walletKey(testWalletUrl)
}

const factor = (inStorePaymentScenario: string) => ({ isInStorePayment: true, inStorePaymentScenario })
const store = { referenceStoreId: 'S1', storeName: 'At the quay' }
const shopOrder = (change: Json = {}) => {
  const { order, ...rest } = cashierOrder({
    paymentFactor: factor('OrderCode'),
    paymentRedirectUrl: undefined,
    ...change,
  })
  return { ...rest, order: { ...(order as Json), env: undefined } }
}
const entryOrder = (env: Json = { userAgent: 'Wallet/1.0' }) => {
  const { order, ...rest } = cashierOrder({ paymentFactor: factor('EntryCode') }) as { order: Json }
  return { ...rest, order: { ...order, merchant: { ...(order.merchant as Json), store }, env } }
}
const codeIn = ({ body }: GatewayReply) =>
  (body.orderCodeForm as { codeDetails: { codeValue: string }[] }).codeDetails[0]?.codeValue ?? ''
const read = (code: string) => payer.do(readCode, { params, body: { code } })
const refusalOf = async (code: string) => (await payer.call(readCode, { params, body: { code } })).body as unknown

describe('the code of an order', () => {
  test('is in the answer, leads the wallet to the order, is paid once, and gone afterwards', async () => {
    const order = shopOrder()
    const started = await made.server.call('payments/pay', order)
    expect(started.body).toMatchObject({
      result: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U' },
      orderCodeForm: {
        paymentMethodType: 'CONNECT_WALLET',
        expireTime: expect.stringMatching(/Z$/),
        codeDetails: [{ codeValueType: 'QRCODE', displayType: 'TEXT', codeValue: expect.stringMatching(/^http/) }],
      },
    })
    expect(started.body.paymentUrl).toBeUndefined()
    expect((await made.server.call('payments/pay', order)).raw).toBe(started.raw)
    const reading = await read(` ${codeIn(started)}\n`)
    if (reading.order === null) throw new Error('it led to no order')
    await payer.do(decideOrder, { params: reading.order, body: { decision: 'pay' } })
    const { paymentRequestId } = order as unknown as { paymentRequestId: string }
    expect((await made.server.inquire({ paymentRequestId })).body.paymentResult).toMatchObject({ resultStatus: 'S' })
    const again = await made.server.call('payments/pay', order)
    expect(again.body).toMatchObject({ result: { resultCode: 'SUCCESS' }, walletBrandName: 'TEST_WALLET' })
    expect(again.body.orderCodeForm).toBeUndefined()
    expect((await payer.do(getWallet, { params })).payments[0]).toMatchObject({ product: 'merchant_presented' })
  })

  test('needs no terminal, but the product; the payer may decline', async () => {
    const other = await makeIntegration(center, { notify: false })
    expect((await other.server.call('payments/pay', shopOrder())).body.result.resultCode).toBe('ACCESS_DENIED')
    await other.server.close()
    const started = await made.server.call('payments/pay', shopOrder())
    const params = orderKey({ paymentUrl: codeIn(started) })
    expect(await payer.do(decideOrder, { params, body: { decision: 'decline' } })).toMatchObject({ state: 'FAILED' })
  })

  test('is an orderCodeForm in AMS too', async () => {
    const body = amsOrder({
      productCode: 'IN_STORE_PAYMENT',
      paymentFactor: { inStorePaymentScenario: 'OrderCode' },
      env: undefined,
    })
    const started = await made.server.call('payments/pay', body, { prefix: '/ams/api/v1/' })
    expect(started.body.normalUrl).toBeUndefined()
    expect(await read(codeIn(started))).toEqual({
      order: expect.objectContaining({ paymentId: started.body.paymentId }),
      page: null,
    })
  })

  test('of another application means nothing to this wallet, nor does one that was changed', async () => {
    const other = await integration()
    const code = codeIn(await other.server.call('payments/pay', shopOrder()))
    await other.server.close()
    const own = codeIn(await made.server.call('payments/pay', shopOrder()))
    for (const wrong of [code, own.slice(0, -1), `${own}A`, own.replace(/\d{32}/, '0'.repeat(32))]) {
      expect(await refusalOf(wrong), wrong).toMatchObject({ code: 'code.unknown' })
    }
  })
})

describe('the code of a shop', () => {
  test('leads to the page that it names; whatever is no page of a shop is refused', async () => {
    expect(await read('https://shop.example/counter?till=7')).toEqual({
      order: null,
      page: 'https://shop.example/counter?till=7',
    })
    // What is judged is what the browser will open: the page of another host, and none of ours.
    expect(await read('http:/applications')).toEqual({ order: null, page: 'http://applications/' })
    const nonsense = [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://user:word@shop.example/',
      `${center.origin}/applications`,
      '281010897274821897274821',
      'http://',
    ]
    for (const code of nonsense) expect(await refusalOf(code), code).toMatchObject({ code: 'code.unknown' })
    expect(await refusalOf('x'.repeat(513))).toMatchObject({ code: 'request.invalid' })
  })

  test('begins a payment with a page for the payer, and needs a store and the user agent', async () => {
    const started = await made.server.call('payments/pay', entryOrder())
    expect(started.body).toMatchObject({ paymentUrl: expect.stringContaining('/wallet/pay/') })
    expect(started.body.orderCodeForm).toBeUndefined()
    const messageOf = async (order: unknown) =>
      (await made.server.call('payments/pay', order)).body.result.resultMessage
    expect(await messageOf(entryOrder({}))).toMatch(/^order\.env\.userAgent is needed/)
    expect(await messageOf(shopOrder({ paymentFactor: factor('EntryCode') }))).toMatch(
      /^order\.merchant\.store is needed/,
    )
    expect(await messageOf(shopOrder({ paymentFactor: factor('Code') }))).toMatch(
      /must be PaymentCode, OrderCode, EntryCode/,
    )
  })

  test('is scanned in AMS', async () => {
    const { paymentFactor: _, ...order } = entryOrder() as Json
    const body = { ...order, productCode: 'IN_STORE_PAYMENT', paymentFactor: { inStorePaymentScenario: 'EntryCode' } }
    const started = await made.server.call('payments/pay', body, { prefix: '/ams/api/v1/' })
    expect(started.body).toMatchObject({
      redirectActionForm: { method: 'SCAN', redirectUrl: started.body.normalUrl },
      normalUrl: expect.stringContaining('/wallet/pay/'),
    })
  })
})
