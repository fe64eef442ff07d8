/** Applications on their way into production, each as far as a test needs it. */
import { type KeyObject, sign, verify } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { confirmLaunchRequest, getLaunchRequest, launchApplication } from '../contract/launch.ts'
import { getSandbox } from '../contract/applications.ts'
import { proveSandboxKey } from '../contract/keys.ts'
import * as production from '../contract/production.ts'
import { suiteOf } from '../rules/acceptance.ts'
import type { Verdict } from '../rules/acceptance/case.ts'
import type { ProductId } from '../rules/products.ts'
import type { Writer } from '../server/db/database.ts'
import type { TestBrowser } from './browser.ts'
import { makeApplication, makeMember, makePartner, makeStaff } from './make.ts'
import { newPair } from './partner.ts'
import type { Center } from './start.ts'

/** A system of the partner in production: it answers, and says nothing. */
export async function openProduction(): Promise<{ url: string; close(): Promise<void> }> {
  const http: Server = createServer((_request, response) => response.writeHead(405).end())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/notify`,
    close: () => {
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
}

export const signText = (text: string, privateKey: KeyObject): string =>
  sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64')

/** Signs the text of a replacement key of the sandbox. */
export async function proveReplacement(browser: TestBrowser, applicationId: string, privateKey: KeyObject) {
  const { keys } = await browser.do(getSandbox, { params: { applicationId } })
  const waiting = keys.find(({ state }) => state === 'waiting')
  if (!waiting?.challenge) throw new Error('There is no text to sign.')
  const params = { applicationId, version: waiting.version }
  return browser.do(proveSandboxKey, { params, body: { signature: signText(waiting.challenge.text, privateKey) } })
}

/** Sets a new production key and proves it. */
export async function proveNewKey(browser: TestBrowser, applicationId: string) {
  const pair = newPair()
  const set = await browser.do(production.setProductionKey, {
    params: { applicationId },
    body: { publicKey: pair.publicKey },
  })
  const [key] = set.keys
  if (!key?.challenge) throw new Error('There is no text to sign.')
  const params = { applicationId, version: key.version }
  const body = { signature: signText(key.challenge.text, pair.privateKey) }
  await browser.do(production.proveProductionKey, { params, body })
  return { ...pair, version: key.version, fingerprint: key.fingerprint }
}

/** As if the partner's calls had passed every required case: what a verdict needs is tested where verdicts are made. */
export async function passCases(center: Center, applicationId: string, products: readonly ProductId[]): Promise<void> {
  await center.app.database.transact((db) => insertPasses(db, applicationId, products))
}

const PASSED: Verdict = {
  outcome: 'passed',
  rule: 'payment.success',
  expected: 'a payment',
  received: 'a payment',
  message: 'It is passed.',
  restsOn: [],
}

/** The same through any writer. */
export async function insertPasses(db: Writer, applicationId: string, products: readonly ProductId[]): Promise<void> {
  const rows = products.flatMap((product) => {
    const { cases, version } = suiteOf(product)
    return cases.map(({ id }) => ({
      application_id: applicationId,
      payer: '',
      case_id: id,
      suite_version: version,
      outcome: 'passed',
      verdict: JSON.stringify(PASSED),
      at: 0,
      run_id: null,
    }))
  })
  await db.insertInto('acceptance_verdicts').values(rows).execute()
}

/** An application whose checklist is fulfilled. */
export async function makeReady(center: Center, products: ProductId[] = ['cashier']) {
  const partner = await makePartner(center)
  const admin = await makeMember(center, partner)
  const application = await makeApplication(admin, products)
  const params = { applicationId: application.id }
  const key = await proveNewKey(admin, application.id)
  const system = await openProduction()
  const to = { ...params, api: 'notifyPayment' as const }
  await admin.do(production.setProductionUrl, { params: to, body: { url: system.url } })
  await passCases(center, application.id, products)
  return { partner, admin, application, params, key, system }
}

/** What the architect sees, and the confirmation of exactly that. */
export async function confirmNow(architect: TestBrowser, requestId: string) {
  const { seen } = await architect.do(getLaunchRequest, { params: { requestId } })
  return architect.do(confirmLaunchRequest, { params: { requestId }, body: { seen } })
}

/** An application that is launched. */
export async function makeLaunched(center: Center, products: ProductId[] = ['cashier']) {
  const ready = await makeReady(center, products)
  const architect = await makeStaff(center)
  const { requests } = await ready.admin.do(launchApplication, { params: ready.params })
  await confirmNow(architect, requests[0]?.id ?? '')
  const { clientId } = await ready.admin.do(production.getProduction, { params: ready.params })
  return { ...ready, architect, clientId }
}

/** What the network's own system gets. `answers`: the status of each call in turn; the last one stays. */
export async function openReceiver(answers: number[] = [200]) {
  const received: { headers: Record<string, string>; body: string }[] = []
  const http = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString('utf8'),
      })
      response.writeHead(answers.length > 1 ? (answers.shift() ?? 200) : (answers[0] ?? 200)).end()
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/events`,
    received,
    close: () => {
      http.closeAllConnections()
      return new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}

/** As the docs tell a receiver to check it: with the public key of the registry, over the exact bytes. */
export async function isSignedEvent(
  center: Center,
  token: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<boolean> {
  const reply = await fetch(`${center.origin}/api/registry/v1/event-key`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { publicKey } = (await reply.json()) as { publicKey: string } // the form that is looked at next
  if (!publicKey.startsWith('whpk_')) throw new Error(`${publicKey} is no public key of Standard Webhooks.`)
  const x = Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url')
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const signature = Buffer.from((headers['webhook-signature'] ?? '').replace(/^v1a,/, ''), 'base64')
  return verify(null, Buffer.from(text), { key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }, signature)
}
