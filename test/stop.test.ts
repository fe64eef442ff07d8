/** A stop under load: whatever was under way is answered, and the process ends by itself within ten seconds. */
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDatabase, type TestDatabase } from './database.ts'
import { integrate } from './integration.ts'
import { type MailSink, openMailSink } from './mail.ts'
import type { TestPartner } from './partner.ts'
import { startProcess } from './process.ts'

const CLIENTS = 16

let database: TestDatabase
let mail: MailSink
beforeAll(async () => {
  database = await newDatabase()
  mail = await openMailSink()
})
afterAll(async () => {
  await mail.close()
  await database.drop()
})

test('SIGTERM under load fails no call that was under way, and gives the work of the outbox back', {
  timeout: 60_000,
}, async () => {
  const running = await startProcess({ database: database.address, smtpUrl: mail.url })
  const { server } = await integrate(running, mail)
  const call = signedInquiry(server)
  const outcomes = new Map<string, number>()
  const clients = Array.from({ length: CLIENTS }, async () => {
    // One connection each, kept alive until the server says that it ends.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      const outcome = await post(running.origin, agent, call)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (outcome === 'ECONNREFUSED') return agent.destroy()
    }
  })
  await expect.poll(() => outcomes.get('200') ?? 0, { timeout: 20_000 }).toBeGreaterThan(500)
  const begun = performance.now()
  const code = await running.stop()
  const tookMs = performance.now() - begun
  await Promise.all(clients)
  await server.close()
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(10_000)
  expect([...outcomes.keys()].sort()).toEqual(['200', 'ECONNREFUSED'])
})

test('a connection that has never asked anything does not hold the stop up', { timeout: 60_000 }, async () => {
  const running = await startProcess({ database: database.address, smtpUrl: mail.url })
  const { hostname, port } = new URL(running.origin)
  const silent = connect(Number(port), hostname)
  silent.on('error', () => undefined) // it is cut
  await new Promise<void>((resolve) => silent.once('connect', resolve))
  const ended = new Promise<void>((resolve) => silent.once('close', () => resolve()))
  const begun = performance.now()
  expect(await running.stop()).toBe(0)
  expect(performance.now() - begun).toBeLessThan(10_000)
  await ended
})

type Call = { path: string; headers: Record<string, string>; body: string }

function signedInquiry(partner: TestPartner): Call {
  const path = '/aps/api/v1/payments/inquiryPayment'
  const body = JSON.stringify({ paymentRequestId: 'nobody-has-this' })
  const time = new Date().toISOString()
  const signature = encodeURIComponent(partner.sign(`POST ${path}\n${partner.clientId}.${time}.${body}`))
  const headers = {
    'client-id': partner.clientId,
    'request-time': time,
    signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
    'content-type': 'application/json; charset=UTF-8',
  }
  return { path, headers, body }
}

/** One call: the status, or why there was none. */
function post(origin: string, agent: Agent, call: Call): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(`${origin}${call.path}`, { method: 'POST', headers: call.headers, agent }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(String(answer.statusCode)))
      answer.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
    })
    asked.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
    asked.end(call.body)
  })
}
