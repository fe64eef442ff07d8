/** The example partner as a process of its own, and the way through the acceptance cases of Cashier Payment with it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KeyObject } from 'node:crypto'
import { getAcceptance, startCase } from '../contract/acceptance.ts'
import { forwardSandboxClock } from '../contract/applications.ts'
import { decideAuthorization, decideOrder, endAgreement, newPaymentCode } from '../contract/wallet.ts'
import type { ProductId, Scenario } from '../rules/products.ts'
import type { Family } from '../rules/interfaces.ts'
import { TestBrowser } from './browser.ts'
import { orderKey } from './partner.ts'
import { freePort } from './port.ts'
import { until } from './until.ts'

const SERVER = fileURLToPath(new URL('../examples/node-acquirer/server.mjs', import.meta.url))

export type Order = {
  paymentRequestId: string
  paymentId?: string
  paymentUrl?: string
  state: string
  fault?: string
  notifications: number
  inquiries: number
}

type ShopOptions = {
  gateway: string
  clientId: string
  networkPublicKey: string
  privateKey: KeyObject
  /** Habits to leave out, as examples/node-acquirer/habits.mjs names them. */
  without?: string
  family?: Family
}

export class Shop {
  readonly origin: string
  private readonly child: ChildProcess
  private readonly folder: string
  private constructor(origin: string, child: ChildProcess, folder: string) {
    this.origin = origin
    this.child = child
    this.folder = folder
  }

  static async start({
    gateway,
    clientId,
    networkPublicKey,
    privateKey,
    without = '',
    family = 'aps',
  }: ShopOptions): Promise<Shop> {
    const port = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'slipway-shop-'))
    writeFileSync(join(folder, 'private.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
    const origin = `http://127.0.0.1:${port}`
    const env = {
      PATH: process.env.PATH ?? '',
      GATEWAY: gateway,
      CLIENT_ID: clientId,
      NETWORK_PUBLIC_KEY: networkPublicKey,
      PRIVATE_KEY_FILE: join(folder, 'private.pem'),
      PORT: String(port),
      PUBLIC_ORIGIN: origin,
      TIMEOUT_MS: '1500',
      POLL_MS: '100',
      BREAK: without,
      FAMILY: family,
    }
    const shop = new Shop(origin, spawn(process.execPath, [SERVER], { env, stdio: 'ignore' }), folder)
    await until(() => shop.orders())
    return shop
  }

  get notifyUrl(): string {
    return `${this.origin}/notify`
  }

  async orders(): Promise<Order[]> {
    const { orders } = (await (await fetch(`${this.origin}/orders`)).json()) as { orders: Order[] }
    return orders
  }

  /** Makes an order and calls `pay` for it. */
  order(
    body: { value?: string; terminalType?: string; code?: string; scenario?: Scenario; token?: string } = {},
  ): Promise<Order> {
    const { value = '2000', ...rest } = body
    return this.post('/orders', { amount: { currency: 'USD', value }, ...rest })
  }

  /** The payer shows another code for the same order. */
  otherCode({ paymentRequestId }: Order, code: string): Promise<Order> {
    return this.post(`/code?id=${paymentRequestId}&code=${code}`)
  }

  async act(
    action: 'inquire' | 'settle' | 'repeat' | 'cancel' | 'refund',
    { paymentRequestId }: Order,
    value?: string,
  ): Promise<Order> {
    return this.post(`/${action}?id=${paymentRequestId}${value === undefined ? '' : `&value=${value}`}`)
  }

  /** Until the order has been inquired, or ended in another way. */
  async untilAsked({ paymentRequestId }: Order): Promise<void> {
    await until(async () => {
      const order = (await this.orders()).find((one) => one.paymentRequestId === paymentRequestId)
      if (!order?.inquiries && order?.state === 'PAYING') throw new Error(`${paymentRequestId} was not inquired`)
    })
  }

  /** What its own pages ask, as JSON. */
  async ask(path: string, method: 'GET' | 'POST'): Promise<unknown> {
    const response = await fetch(`${this.origin}${path}`, { method, headers: { accept: 'application/json' } })
    return response.json()
  }

  private async post(path: string, body: unknown = {}): Promise<Order> {
    const response = await fetch(`${this.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Order
  }

  stop(): void {
    this.child.kill()
    rmSync(this.folder, { recursive: true })
  }
}

type Way = { shop: Shop; developer: TestBrowser; applicationId: string }

/** Goes every required case of Cashier Payment once, as a partner and his payer do. What the verdicts are is not asked here. */
export function walkCashierCases(way: Way): Promise<void> {
  const own = async ({ told, paid }: Steps) => {
    for (const terminalType of ['WEB', 'APP', 'WAP']) await told(await paid({ terminalType }))
  }
  return walk(way, { product: 'cashier', own, common: () => ({}) })
}

/** The same of Merchant-presented Mode Payment, the optional entry code among them. */
export function walkMerchantPresentedCases(way: Way): Promise<void> {
  const own = async ({ told, paid, shop }: Steps) => {
    for (const scenario of ['OrderCode', 'EntryCode'] as const) await told(await paid({ scenario }))
    const unpaid = await shop.order({ scenario: 'OrderCode' })
    for (let asked = 0; asked < 2; asked++) await shop.act('inquire', unpaid)
    await shop.act('cancel', unpaid)
  }
  return walk(way, { product: 'merchant_presented', own, common: () => ({ scenario: 'OrderCode' }) })
}

type Wish = Parameters<Shop['order']>[0]
type Steps = { shop: Shop; told(order: Order): Promise<void>; paid(wish?: Wish): Promise<Order> }

/** The same of Auto Debit: the payer agrees, ends it, and agrees anew. */
export function walkAutoDebitCases(way: Way, wallet: { secret: string }): Promise<void> {
  const { shop } = way
  const payer = new TestBrowser(way.developer.origin)
  let token = ''
  const agree = async () => {
    const { url } = (await shop.ask('/agree', 'POST')) as { url: string }
    const [agreementId = '', secret = ''] = url.split('/').slice(-2)
    const params = { agreementId, secret }
    const { redirectUrl } = await payer.do(decideAuthorization, { params, body: { decision: 'agree' } })
    await fetch(redirectUrl)
    token = ((await shop.ask('/agreement', 'GET')) as { accessToken: string }).accessToken
    return agreementId
  }
  const own = async ({ told, paid }: Steps) => {
    const first = await agree()
    await told(await paid({ token }))
    token = ((await shop.ask('/refresh', 'POST')) as { accessToken: string }).accessToken
    await told(await paid({ token }))
    await payer.do(endAgreement, { params: { ...wallet, agreementId: first } })
    await shop.order({ token })
    await agree()
  }
  return walk(way, { product: 'auto_debit', own, common: () => ({ token }) })
}

/** The same of User-presented Mode Payment: each order is paid with a fresh code of the payer. */
export function walkUserPresentedCases(way: Way, wallet: { secret: string }): Promise<void> {
  const payer = new TestBrowser(way.developer.origin)
  const fresh = async () => (await payer.do(newPaymentCode, { params: wallet })).code?.value ?? ''
  const own = async ({ told, paid, shop }: Steps) => {
    const code = await fresh()
    await told(await paid({ code }))
    const refused = await shop.order({ code })
    await shop.otherCode(refused, await fresh())
    await shop.order({ code: await fresh(), value: '9906' })
  }
  return walk(way, { product: 'user_presented', own, common: async () => ({ code: await fresh() }) })
}

type Course = {
  product: ProductId
  /** What only this product has. The rest is the same for all. */
  own(steps: Steps): Promise<void>
  /** What each of its orders has. */
  common(): Wish | Promise<Wish>
}

async function walk({ shop, developer, applicationId }: Way, { product, own, common }: Course): Promise<void> {
  const payer = new TestBrowser(developer.origin)
  const asksPayer = product === 'cashier' || product === 'merchant_presented'
  const decide = (order: Order, decision: 'pay' | 'decline') =>
    payer.do(decideOrder, { params: orderKey(order), body: { decision } })
  const told = (order: Order) =>
    until(async () => {
      const found = (await shop.orders()).find(({ paymentRequestId }) => paymentRequestId === order.paymentRequestId)
      if (!found || found.notifications < 1) throw new Error(`${order.paymentRequestId} was not notified`)
    })
  const start = async (wish?: Wish) => shop.order({ ...(await common()), ...wish })
  const paid = async (wish?: Wish) => {
    const order = await start(wish)
    if (asksPayer) await decide(order, 'pay')
    return order
  }
  /** Starts a case, does what it asks for, and waits until it is decided: the gateway does one thing wrong at a time. */
  const inCase = async (caseId: string, work: () => Promise<unknown>) => {
    await developer.do(startCase, { params: { applicationId, caseId } })
    await work()
    await until(async () => {
      const { suites } = await developer.do(getAcceptance, { params: { applicationId } })
      const state = suites.flatMap(({ cases }) => cases).find(({ id }) => id === caseId)?.state
      if (state !== 'passed' && state !== 'failed') throw new Error(`${caseId} is ${state}`)
    })
  }

  await own({ shop, told, paid })
  if (asksPayer) await decide(await start(), 'decline')
  await paid({ value: '9905' })

  const slow = await paid({ value: '9913' })
  // The shop asks until it is final; meanwhile the wallet's time passes.
  const settled = shop.act('settle', slow)
  await shop.untilAsked(slow)
  await developer.do(forwardSandboxClock, { params: { applicationId }, body: { forwardSeconds: 60 } })
  await settled

  await start({ value: '9902' })
  await shop.act('repeat', await start())
  await shop.act('cancel', await start())

  const returned = await paid()
  await told(returned)
  await shop.act('refund', returned)
  const inParts = await paid()
  await shop.act('refund', inParts, '500')
  await shop.act('refund', inParts, '700')
  const tooMuch = await paid()
  await shop.act('refund', tooMuch, '2001')

  await inCase(`${product}.answer_forged`, async () => {
    const forged = await start()
    if (asksPayer && forged.paymentUrl) await decide(forged, 'pay')
  })
  await inCase(`${product}.notification_forged`, () => paid())
  await inCase(`${product}.notification_repeated`, () => paid())
}
