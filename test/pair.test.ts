/** An acquirer partner and a wallet partner on one center pay each other: both examples, as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, setNotificationUrl } from '../contract/applications.ts'
import { families } from '../rules/interfaces.ts'
import { makeIntegration } from './make.ts'
import { freePort } from './port.ts'
import { Shop } from './shop.ts'
import { type Center, startCenter } from './start.ts'
import { until } from './until.ts'
import { join, makeWallet } from './wallet.ts'

const SERVER = fileURLToPath(new URL('../examples/node-wallet/server.mjs', import.meta.url))

type Payment = { paymentRequestId: string; state: string; amount: { value: string }; refunds: Record<string, string> }

/** The example wallet, joined with the acquirer. */
async function startWallet(acquirer: Awaited<ReturnType<typeof makeIntegration>>) {
  const made = await makeWallet(center)
  await made.server.close()
  await join(made, acquirer)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  for (const api of ['pay', 'inquiryPayment', 'cancelPayment', 'refund'] as const) {
    await made.developer.do(setNotificationUrl, { params: { ...made.params, api }, body: { url: `${origin}/${api}` } })
  }
  const folder = mkdtempSync(joinPath(tmpdir(), 'slipway-wallet-'))
  const file = joinPath(folder, 'private.pem')
  writeFileSync(file, made.server.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  const env = {
    PATH: process.env.PATH ?? '',
    GATEWAY: center.origin,
    CLIENT_ID: made.sandbox.clientId,
    NETWORK_PUBLIC_KEY: made.sandbox.networkPublicKey ?? '',
    PRIVATE_KEY_FILE: file,
    PORT: String(port),
  }
  const child: ChildProcess = spawn(process.execPath, [SERVER], { env, stdio: 'ignore' })
  const ask = async (path: string, body?: unknown) => {
    const method = body === undefined ? 'GET' : 'POST'
    const response = await fetch(`${origin}${path}`, body === undefined ? {} : { method, body: JSON.stringify(body) })
    return (await response.json()) as Record<string, unknown>
  }
  await until(() => ask('/payments'))
  return {
    ask,
    code: async (customerId: string) =>
      ((await ask('/codes', { customerId })).paymentCodes as { paymentCode: string }[])[0]?.paymentCode ?? '',
    payment: async (paymentId = '') =>
      ((await ask('/payments')).payments as Payment[]).find((one) => one.paymentRequestId === paymentId),
    balance: async (payer: string) => ((await ask('/payments')).balances as Record<string, string>)[payer],
    stop() {
      child.kill()
      rmSync(folder, { recursive: true })
    },
  }
}

let center: Center
let acquirer: Awaited<ReturnType<typeof makeIntegration>>
let wallet: Awaited<ReturnType<typeof startWallet>>

beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  acquirer = await makeIntegration(center, { notify: false })
  const params = { applicationId: acquirer.application.id }
  await acquirer.developer.do(addProducts, { params, body: { products: ['user_presented', 'merchant_presented'] } })
  wallet = await startWallet(acquirer)
})
afterAll(async () => {
  wallet.stop()
  await acquirer.server.close()
  await center.close()
})

describe.each(families)('the acquirer speaks %s', (family) => {
  let shop: Shop
  beforeAll(async () => {
    shop = await Shop.start({
      gateway: center.origin,
      clientId: acquirer.sandbox.clientId,
      networkPublicKey: acquirer.sandbox.networkPublicKey ?? '',
      privateKey: acquirer.server.privateKey,
      family,
    })
  })
  afterAll(() => shop.stop())

  test('the shop reads the code of a payer: paid at once, refunded, cancelled, and the money is back', async () => {
    const before = await wallet.balance('ada')
    const order = await shop.order({ code: await wallet.code('ada'), value: '2500' })
    expect(order.state).toBe('SUCCESS')
    expect(await wallet.payment(order.paymentId)).toMatchObject({ state: 'PAID', amount: { value: '2500' } })
    await shop.act('refund', order, '700')
    await until(async () =>
      expect(Object.values((await wallet.payment(order.paymentId))?.refunds ?? {})).toEqual(['700']),
    )
    await shop.act('cancel', order)
    await until(async () => expect((await wallet.payment(order.paymentId))?.state).toBe('CANCELLED'))
    expect(await wallet.balance('ada')).toBe(before)
  })

  test('a payer without money is declined, one who confirms on the phone is waited for', async () => {
    const poor = await shop.order({ code: await wallet.code('ben') })
    expect(poor).toMatchObject({ state: 'FAILED' })
    const slow = await shop.order({ code: await wallet.code('cyd') })
    expect(slow.state).toBe('PAYING')
    await wallet.ask('/confirm', { paymentRequestId: slow.paymentId })
    expect((await shop.act('settle', slow)).state).toBe('SUCCESS')
  })

  test('the payer reads the code of an order: the wallet confirms, and the shop is told', async () => {
    const order = (await shop.order({ scenario: 'OrderCode' })) as Awaited<ReturnType<Shop['order']>> & {
      code?: string
    }
    const asked = await wallet.ask('/read', { code: order.paymentUrl, customerId: 'ada' })
    expect(asked).toMatchObject({ state: 'OPEN', amount: { value: '2000' } })
    await wallet.ask('/confirm', { paymentRequestId: asked.paymentRequestId, read: true })
    await until(async () => {
      const now = (await shop.orders()).find(({ paymentRequestId }) => paymentRequestId === order.paymentRequestId)
      expect(now).toMatchObject({ state: 'SUCCESS', notifications: 1 })
    })
  })
})
