/**
 * P7: from the commit of a decision to the first attempt to tell of it, on a quiet server and with 500 decisions a second; and how many
 * notifications a core dispatches, with signed acknowledgements, against what openssl can sign and verify.
 */
import { createSign } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { integrate } from '../test/integration.ts'
import { openMailSink } from '../test/mail.ts'
import { percentile } from '../test/neighbours.ts'
import { orderKey, type TestPartner } from '../test/partner.ts'
import { newMasterKey, startProcess } from '../test/process.ts'
import { freePort } from '../test/port.ts'
import { opensslCeiling } from './ceiling.ts'
import { compare, line } from './protocol.ts'
import { ROUNDS, SECONDS } from './wrk.ts'

const ENDPOINTS = 16
/** Dispatched in one round: a backlog of some seconds for one core. */
const BACKLOG = SECONDS * 500
const PATH = '/notify'

export async function benchNotification(): Promise<string[]> {
  const mail = await openMailSink()
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
  const options = {
    database: { engine: 'sqlite' as const, file: join(folder, 'slipway.db') },
    smtpUrl: mail.url,
    port: await freePort(),
    masterKey: newMasterKey(),
    prefix: ['taskset', '-c', '0'],
  }
  const running = await startProcess(options)
  const { server } = await integrate(running, mail)
  const counter = await openCounter(server)
  const lines = [
    await latency(running.origin, server, counter, {
      name: 'P7 commit to first attempt, idle',
      perSecond: 20,
      barMs: 500,
    }),
    await latency(running.origin, server, counter, { name: 'P7 the same at 500/s', perSecond: 500, barMs: 2000 }),
  ]
  await running.stop()

  const measured = await compare(
    ROUNDS,
    async () => opensslCeiling(),
    async () => {
      const only = (role: string) => startProcess({ ...options, env: { SLIPWAY_ROLES: role } })
      const web = await only('web')
      await decideMany(web.origin, server, counter.urls, BACKLOG)
      await web.stop()
      counter.arrivals.clear()
      const worker = await only('worker')
      const seconds = await counter.secondsFor(BACKLOG)
      await worker.stop()
      return BACKLOG / seconds
    },
  )
  const words = `${measured.ours.toFixed(0)}/s of ${measured.baseline.toFixed(0)}/s = ${measured.ratio.toFixed(2)}`
  lines.push(
    line('P7 dispatched, one core', '>= 0.50 of openssl', words, measured.void ? 'void' : measured.ratio >= 0.5),
    `  load average ${measured.load}`,
  )
  await counter.close()
  await server.close()
  await mail.close()
  return lines
}

type Counter = {
  urls: string[]
  /** By paymentId: when the first attempt came. */
  arrivals: Map<string, number>
  /** From the first arrival to the last of so many. */
  secondsFor(count: number): Promise<number>
  close(): Promise<void>
}

/** Endpoints that count, and acknowledge with one signature: it covers path, time and body of the answer, which are always the same. */
async function openCounter(partner: TestPartner): Promise<Counter> {
  const body = JSON.stringify({ result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' } })
  const time = new Date().toISOString()
  const text = `POST ${PATH}\n${partner.clientId}.${time}.${body}`
  const signature = encodeURIComponent(createSign('RSA-SHA256').update(text).sign(partner.privateKey, 'base64'))
  const headers = {
    'content-type': 'application/json',
    'client-id': partner.clientId,
    'response-time': time,
    signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
  }
  const arrivals = new Map<string, number>()
  let heard: () => void = () => undefined
  const servers: Server[] = []
  for (let i = 0; i < ENDPOINTS; i++) {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const id = /"paymentId":"([^"]+)"/.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? ''
        if (!arrivals.has(id)) arrivals.set(id, performance.now())
        response.writeHead(200, headers).end(body)
        heard()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
  }
  const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}` // it listens on TCP
  return {
    urls: servers.map(urlOf),
    arrivals,
    async secondsFor(count) {
      await new Promise<void>((resolve) => {
        heard = () => {
          if (arrivals.size >= count) resolve()
        }
        heard()
      })
      const times = [...arrivals.values()]
      return (Math.max(...times) - Math.min(...times)) / 1000
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

/** Pays and decides, a few at a time, each to another of the endpoints. */
async function decideMany(origin: string, partner: TestPartner, urls: readonly string[], count: number): Promise<void> {
  const orders = await startMany(partner, urls, count)
  await eachOf(orders, (order) => decide(origin, order))
}

type Order = ReturnType<typeof orderKey>

async function startMany(partner: TestPartner, urls: readonly string[], count: number): Promise<Order[]> {
  const orders: Order[] = []
  await eachOf([...Array(count).keys()], async (i) => {
    const { body } = await partner.pay({ paymentNotifyUrl: urls[i % urls.length], paymentExpiryTime: undefined })
    orders.push(orderKey(body))
  })
  return orders
}

async function decide(origin: string, params: Order): Promise<void> {
  await new TestBrowser(origin).do(decideOrder, { params, body: { decision: 'pay' } })
}

async function eachOf<T>(values: readonly T[], run: (value: T) => Promise<void>): Promise<void> {
  const left = values.values()
  const runner = async () => {
    for (const value of left) await run(value)
  }
  await Promise.all(Array.from({ length: 16 }, runner))
}

/**
 * Decides at a steady rate, whether or not the answers keep up. Counted from the moment when the decision was asked for, so that the
 * commit itself is in it.
 */
async function latency(
  origin: string,
  partner: TestPartner,
  counter: Counter,
  { name, perSecond, barMs }: { name: string; perSecond: number; barMs: number },
): Promise<string> {
  const orders = await startMany(partner, counter.urls, perSecond * SECONDS)
  counter.arrivals.clear()
  const begun = performance.now()
  const asked = new Map<string, number>()
  await Promise.all(
    orders.map(async (order, i) => {
      await new Promise((resolve) => setTimeout(resolve, begun + (i * 1000) / perSecond - performance.now()))
      asked.set(order.paymentId, performance.now())
      await decide(origin, order)
    }),
  )
  await counter.secondsFor(orders.length)
  const delays = [...asked].map(([id, at]) => (counter.arrivals.get(id) ?? Number.NaN) - at)
  const p99 = percentile(delays, 0.99)
  const words = `p99 ${p99.toFixed(0)} ms, median ${percentile(delays, 0.5).toFixed(0)} ms`
  return line(name, `p99 <= ${barMs} ms`, words, p99 <= barMs)
}
