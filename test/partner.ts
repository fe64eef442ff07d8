/** A partner's server: signs its calls, verifies every answer, receives notifications and acknowledges them. */
import { createPublicKey, createSign, createVerify, type KeyObject, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nextPair } from './pairs.ts'

type Json = Record<string, unknown>
export type GatewayReply = {
  status: number
  headers: Headers
  body: Json & { result: { resultCode: string; resultStatus: string; resultMessage: string } }
  raw: string
  /** Null when the answer carries no signature. */
  verified: boolean | null
}
export type ReceivedNotification = {
  /** Path and query at which we were called. */
  uri: string
  headers: Record<string, string | string[] | undefined>
  body: Json
  raw: string
  verified: boolean
}
type Acknowledge = (received: ReceivedNotification, response: ServerResponse) => void

/** What a test may do wrong on purpose. */
export type Wrong = {
  headers?: Record<string, string | undefined>
  /** Sent instead of what was signed. */
  body?: string | Uint8Array<ArrayBuffer>
  path?: string
  method?: string
  keyVersion?: string
  /** Of the other family; by default that of APS. */
  prefix?: Prefix
  /** Cuts the call off. */
  signal?: AbortSignal
}
export type Prefix = '/aps/api/v1/' | '/ams/api/v1/' | '/ams/sandbox/api/v1/'

const SUCCESS = { result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' } }

export class TestPartner {
  clientId = ''
  networkKey: KeyObject | undefined
  readonly received: ReceivedNotification[] = []
  /** How notifications are answered; the default is a signed success. */
  acknowledge: Acknowledge = (received, response) => this.acknowledgeSigned(received, response)
  private watchers = new Set<() => void>()
  readonly gateway: string
  readonly publicKey: string
  readonly privateKey: KeyObject
  private readonly http: Server

  private constructor(gateway: string, pair: { publicKey: string; privateKey: KeyObject }, http: Server) {
    this.gateway = gateway
    this.publicKey = pair.publicKey
    this.privateKey = pair.privateKey
    this.http = http
  }

  static async start(gateway: string): Promise<TestPartner> {
    const http = createServer()
    const partner = new TestPartner(gateway, newPair(), http)
    http.on('request', (request, response) => void partner.receive(request, response))
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    return partner
  }

  get notifyUrl(): string {
    return this.urlOf('notify?from=slipway')
  }

  urlOf(path: string): string {
    const { port } = this.http.address() as AddressInfo // it listens on TCP
    return `http://127.0.0.1:${port}/${path}`
  }

  join(clientId: string, networkPublicKey: string): void {
    this.clientId = clientId
    this.networkKey = createPublicKey({ key: Buffer.from(networkPublicKey, 'base64'), format: 'der', type: 'spki' })
  }

  close(): Promise<void> {
    this.http.closeAllConnections()
    return new Promise((resolve) => this.http.close(() => resolve()))
  }

  async call(path: string, body: unknown, wrong: Wrong = {}): Promise<GatewayReply> {
    const uri = `${wrong.prefix ?? '/aps/api/v1/'}${path}`
    const signed = typeof body === 'string' ? body : JSON.stringify(body)
    const time = new Date().toISOString()
    const signature = this.sign(`POST ${uri}\n${this.clientId}.${time}.${signed}`)
    const headers: Record<string, string | undefined> = {
      'client-id': this.clientId,
      'request-time': time,
      signature: `algorithm=RSA256,keyVersion=${wrong.keyVersion ?? '1'},signature=${encodeURIComponent(signature)}`,
      'content-type': 'application/json; charset=UTF-8',
      ...wrong.headers,
    }
    const sentPath = wrong.path ?? uri
    const response = await fetch(`${this.gateway}${sentPath}`, {
      method: wrong.method ?? 'POST',
      headers: Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ...(wrong.method === 'GET' ? {} : { body: wrong.body ?? signed }),
      ...(wrong.signal ? { signal: wrong.signal } : {}),
    })
    const raw = await response.text()
    const verified = this.verify('POST', sentPath, response.headers, raw)
    return { status: response.status, headers: response.headers, body: JSON.parse(raw), raw, verified }
  }

  pay(change: Json = {}, wrong?: Wrong): Promise<GatewayReply> {
    return this.call('payments/pay', cashierOrder(change), wrong)
  }

  inquire(by: Json): Promise<GatewayReply> {
    return this.call('payments/inquiryPayment', by)
  }

  cancel(by: Json): Promise<GatewayReply> {
    return this.call('payments/cancelPayment', by)
  }

  refund(change: Json): Promise<GatewayReply> {
    return this.call('payments/refund', {
      refundRequestId: `refund-${randomUUID()}`,
      refundAmount: { currency: 'USD', value: '1999' },
      ...change,
    })
  }

  sign(text: string | Buffer): string {
    return createSign('RSA-SHA256').update(text).sign(this.privateKey, 'base64')
  }

  private verify(method: string, uri: string, headers: Headers, raw: string): boolean | null {
    const header = headers.get('signature')
    if (header === null || !this.networkKey) return null
    const text = `${method} ${uri}\n${headers.get('client-id')}.${headers.get('response-time')}.${raw}`
    const signature = decodeURIComponent(header.split('signature=')[1] ?? '')
    return createVerify('RSA-SHA256').update(text).verify(this.networkKey, signature, 'base64')
  }

  /** Waits until so many notifications have come. */
  waitForNotifications(count: number): Promise<ReceivedNotification[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.received.length} of ${count} notifications came`)),
        10_000,
      )
      const look = () => {
        if (this.received.length < count) return
        clearTimeout(timer)
        this.watchers.delete(look)
        resolve(this.received)
      }
      this.watchers.add(look)
      look()
    })
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString('utf8')
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
    )
    headers.set('response-time', headers.get('request-time') ?? '')
    const verified = this.verify('POST', request.url ?? '', headers, raw) === true
    const received = { uri: request.url ?? '', headers: request.headers, body: JSON.parse(raw), raw, verified }
    this.acknowledge(received, response)
    this.received.push(received)
    for (const watch of this.watchers) watch()
  }

  acknowledgeSigned(
    received: ReceivedNotification,
    response: ServerResponse,
    change: { signature?: string } = {},
  ): void {
    this.answerSigned(received, response, SUCCESS, change)
  }

  /** Answers any question of the network. */
  answerSigned(
    { uri }: ReceivedNotification,
    response: ServerResponse,
    answer: Json,
    change: { signature?: string } = {},
  ): void {
    const body = JSON.stringify(answer)
    const time = new Date().toISOString()
    const signature = change.signature ?? this.sign(`POST ${uri}\n${this.clientId}.${time}.${body}`)
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'client-id': this.clientId,
        'response-time': time,
        signature: `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature)}`,
      })
      .end(body)
  }
}

export function newPair(): { publicKey: string; privateKey: KeyObject } {
  const { publicKey, privateKey } = nextPair()
  return { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), privateKey }
}

/** A cashier order that is right in every field. */
export function cashierOrder(change: Json = {}): Json {
  const id = randomUUID()
  return {
    paymentRequestId: `req-${id}`,
    paymentAmount: { currency: 'USD', value: '1999' },
    order: {
      referenceOrderId: `order-${id}`,
      orderDescription: 'Two tickets',
      orderAmount: { currency: 'USD', value: '1999' },
      merchant: { referenceMerchantId: 'M1', merchantName: 'Harbour Theatre', merchantMCC: '7922' },
      env: { terminalType: 'WEB' },
    },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET' },
    paymentFactor: { isCashierPayment: true },
    paymentRedirectUrl: 'https://shop.example/return',
    ...change,
  }
}

/** A payment in a shop by the code that the payer shows, right in every field. */
export function shopOrder(code: string, value = '1999', change: Json = {}): Json {
  const amount = { currency: 'USD', value }
  const { order } = cashierOrder() as { order: { merchant: Json } } // just made
  return cashierOrder({
    paymentAmount: amount,
    order: {
      ...order,
      orderAmount: amount,
      merchant: { ...order.merchant, store: { referenceStoreId: 'S1', storeName: 'At the quay' } },
    },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code },
    paymentFactor: { isInStorePayment: true, inStorePaymentScenario: 'PaymentCode' },
    paymentRedirectUrl: undefined,
    ...change,
  })
}

/** The same as AMS writes it. */
export function amsOrder(change: Json = {}): Json {
  const { paymentFactor: _, order, ...same } = cashierOrder() as { order: Json; paymentFactor: Json } // just made
  const { env, ...rest } = order
  return { ...same, productCode: 'CASHIER_PAYMENT', order: rest, env, ...change }
}

/** What stands behind a testWalletUrl. */
export function walletKey(testWalletUrl: string): { secret: string } {
  return { secret: testWalletUrl.split('/').at(-1) ?? '' }
}

/** What stands behind a paymentUrl, as the Test Wallet's endpoints take it. */
export function orderKey(body: Json): { paymentId: string; secret: string } {
  const [paymentId = '', secret = ''] = String(body.paymentUrl ?? body.normalUrl)
    .split('/')
    .slice(-2)
  return { paymentId, secret }
}
