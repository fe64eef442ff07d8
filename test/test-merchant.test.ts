/** Test Merchant -> the example partner's own server -> signed calls to the gateway -> orders and payments: the whole way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, getSandbox, setNotificationUrl } from '../contract/applications.ts'
import { listExchanges } from '../contract/log.ts'
import { callMerchant, listTransactions, setMerchantUrl } from '../contract/test-merchant.ts'
import { decideAuthorization, decideOrder, newPaymentCode } from '../contract/wallet.ts'
import { families, type Family } from '../rules/interfaces.ts'
import type { PayKind } from '../rules/samples.ts'
import { ORDER_OF } from '../rules/test-merchant.ts'
import { TestBrowser } from './browser.ts'
import { makeIntegration } from './make.ts'
import { Shop } from './shop.ts'
import { type Center, startCenter } from './start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center, { notify: false })
  const products = ['user_presented', 'merchant_presented', 'auto_debit'] as const
  await made.developer.do(addProducts, { params: params(), body: { products: [...products] } })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

const params = () => ({ applicationId: made.application.id })
const NOTHING = {
  product: null,
  scenario: null,
  title: null,
  amount: null,
  code: null,
  paymentRequestId: null,
  paymentId: null,
}
type Wish = Parameters<typeof ask>[0]
const ask = async (wish: {
  action: 'order' | 'authorize' | 'query' | 'cancel' | 'refund'
  code?: string
  paymentRequestId?: string
  paymentId?: string
  amount?: { currency: string; value: string }
}) => {
  const { fault, faultField, answer } = await made.developer.do(callMerchant, {
    params: params(),
    body: { ...NOTHING, ...wish },
  })
  expect([fault, faultField]).toEqual([null, null])
  return answer
}
const order = (kind: PayKind, wish: Omit<Wish, 'action'> = {}) =>
  ask({
    ...{ action: 'order', ...ORDER_OF[kind], title: `Boat, ${kind}`, amount: { currency: 'JPY', value: '1000' } },
    ...wish,
  })
const keyIn = (url: string | null | undefined) => {
  const [paymentId = '', secret = ''] = (url ?? '').split('/').slice(-2)
  return { paymentId, secret }
}
const transaction = async (paymentRequestId: string | null | undefined) =>
  (await made.developer.do(listTransactions, { params: params(), query: {} })).items.find(
    (one) => one.paymentRequestId === paymentRequestId,
  )

describe.each(families)('through the example partner, in %s', (family: Family) => {
  let shop: Shop
  const payer = () => new TestBrowser(center.origin)
  beforeAll(async () => {
    const { clientId, networkPublicKey } = await made.developer.do(getSandbox, { params: params() })
    const { privateKey } = made.server
    shop = await Shop.start({
      gateway: center.origin,
      clientId,
      networkPublicKey: networkPublicKey ?? '',
      privateKey,
      family,
    })
    await made.developer.do(setMerchantUrl, { params: params(), body: { url: `${shop.origin}/test-merchant` } })
    for (const api of ['notifyPayment', 'authNotify'] as const)
      await made.developer.do(setNotificationUrl, { params: { ...params(), api }, body: { url: shop.notifyUrl } })
    return () => shop.stop()
  })
  const secret = async () => {
    const { testWalletUrl } = await made.developer.do(getSandbox, { params: params() })
    return testWalletUrl.split('/').at(-1) ?? ''
  }

  test.each(['cashier', 'order_code', 'entry_code'] as const)('%s: paid, queried, given back in part', async (kind) => {
    const asked = await order(kind)
    expect(asked?.status).toBe('PROCESSING')
    const url = kind === 'order_code' ? asked?.code : asked?.normalUrl
    expect(await transaction(asked?.paymentRequestId)).toMatchObject({ word: 'PROCESSING', payUrl: url, family })
    await payer().do(decideOrder, { params: keyIn(url), body: { decision: 'pay' } })
    const paymentRequestId = asked?.paymentRequestId ?? ''
    const queried = await ask({ action: 'query', paymentRequestId })
    expect(queried?.status).toBe('SUCCESS')
    const paymentId = queried?.paymentId ?? ''
    const amount = { currency: 'JPY', value: '400' }
    expect(await ask({ action: 'refund', paymentRequestId, paymentId, amount })).toMatchObject({ status: 'REFUND' })
    expect(await transaction(paymentRequestId)).toMatchObject({ word: 'REFUND', refunded: amount })
    const calls = (await made.developer.do(listExchanges, { params: params(), query: { search: paymentRequestId } }))
      .items
    expect(calls.filter(({ direction }) => direction === 'out')).toHaveLength(3)
    expect(calls.filter(({ byTestMerchant, signature }) => !byTestMerchant && signature === 'verified')).toHaveLength(3)
  })

  test('user_presented: the code of the payer pays at once', async () => {
    const { code } = await payer().do(newPaymentCode, { params: { secret: await secret() } })
    const paid = await order('user_presented', { code: code?.value ?? '' })
    expect(paid?.status).toBe('SUCCESS')
    expect(await transaction(paid?.paymentRequestId)).toMatchObject({ word: 'SUCCESS', product: 'user_presented' })
  })

  test('auto_debit: nothing before the payer agrees, then charged without him', async () => {
    const early = await order('auto_debit')
    expect(early).toMatchObject({ status: 'CANCELLED', message: 'The payer has not agreed yet.' })
    const agreement = await ask({ action: 'authorize' })
    const { paymentId: agreementId, secret: key } = keyIn(agreement?.normalUrl)
    const { redirectUrl } = await payer().do(decideAuthorization, {
      params: { agreementId, secret: key },
      body: { decision: 'agree' },
    })
    await fetch(redirectUrl)
    const paid = await order('auto_debit')
    expect(paid?.status).toBe('SUCCESS')
    expect(await transaction(paid?.paymentRequestId)).toMatchObject({ word: 'SUCCESS', product: 'auto_debit' })
  })

  test('cancelled, also by a server that has forgotten the order', async () => {
    const open = await order('cashier')
    const cancelled = await ask({ action: 'cancel', paymentRequestId: open?.paymentRequestId ?? '' })
    expect(cancelled?.status).toBe('CANCELLED')
    const { body } = await made.server.pay()
    const own = await transaction(
      (await made.developer.do(listTransactions, { params: params(), query: {} })).items[0]?.paymentRequestId,
    )
    expect(own?.paymentId).toBe(body.paymentId)
    const paymentRequestId = own?.paymentRequestId ?? ''
    expect((await ask({ action: 'cancel', paymentRequestId }))?.status).toBe('CANCELLED')
    expect(await transaction(paymentRequestId)).toMatchObject({ word: 'CANCELLED' })
  })

  test('whoever is not the network is refused', async () => {
    const response = await fetch(`${shop.origin}/test-merchant`, { method: 'POST', body: '{"action":"authorize"}' })
    expect(response.status).toBe(401)
  })
})
