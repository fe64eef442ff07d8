/** The examples that we give to partners, run as a partner runs them. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setNotificationUrl } from '../contract/applications.ts'
import { listNotifications } from '../contract/log.ts'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from './browser.ts'
import { makeIntegration } from './make.ts'
import { cashierOrder, orderKey } from './partner.ts'
import { programOf } from '../rules/fixes.ts'
import { languagesHere, RUNS } from './programs.ts'
import { freePort } from './port.ts'
import { type Center, startCenter } from './start.ts'

const run = promisify(execFile)
const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url))

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let folder: string
beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  made = await makeIntegration(center, { notify: false })
  folder = mkdtempSync(join(tmpdir(), 'slipway-examples-'))
  writeFileSync(join(folder, 'private.pem'), made.server.privateKey.export({ format: 'pem', type: 'pkcs8' }))
  writeFileSync(join(folder, 'network.txt'), `${made.sandbox.networkPublicKey}\n`)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
  rmSync(folder, { recursive: true })
})

describe('examples/shell', () => {
  const pay = (change: Record<string, string> = {}) =>
    new Promise<{
      status: number | null
      answer: { result: { resultCode: string }; paymentId?: string }
      raw: string
      notes: string
    }>((resolve) => {
      const child = spawn('sh', [join(EXAMPLES, 'shell/pay.sh')], {
        env: {
          PATH: process.env.PATH ?? '',
          GATEWAY: center.origin,
          CLIENT_ID: made.sandbox.clientId,
          PRIVATE_KEY: join(folder, 'private.pem'),
          NETWORK_PUBLIC_KEY_FILE: join(folder, 'network.txt'),
          ...change,
        },
      })
      const [out, notes]: [string[], string[]] = [[], []]
      child.stdout.on('data', (data) => out.push(String(data)))
      child.stderr.on('data', (data) => notes.push(String(data)))
      child.on('close', (status) => {
        const raw = out.join('').split('\n')[0] ?? ''
        resolve({ status, answer: JSON.parse(raw), raw, notes: notes.join('') })
      })
    })

  test('gets a signed answer that openssl verifies with the key of the settings page', async () => {
    const { status, answer, notes } = await pay()
    expect(notes).toContain('verifies')
    expect(status).toBe(0)
    expect(answer.result.resultCode).toBe('PAYMENT_IN_PROCESS')
  })

  test('with one changed byte is an invalid signature', async () => {
    const { status, answer } = await pay({ TAMPER: '1' })
    expect(answer.result.resultCode).toBe('INVALID_SIGNATURE')
    expect(status).not.toBe(0)
  })

  test('a second identical call gives the same payment, a changed amount is inconsistent', async () => {
    const id = { PAYMENT_REQUEST_ID: 'REQ-twice' }
    const [first, second, third] = [await pay(id), await pay(id), await pay({ ...id, AMOUNT: '2000' })]
    expect(second.raw).toBe(first.raw)
    expect(first.answer.paymentId).toMatch(/^\d{32}$/)
    expect(third.answer.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT')
  })
})

describe('a signed call in six languages', () => {
  beforeAll(() => {
    copyFileSync(join(folder, 'private.pem'), join(folder, 'sandbox-private-key.pem'))
  })

  test.each(languagesHere)('%s: the sandbox takes it as the docs and the console show it', async (language) => {
    writeFileSync(join(folder, 'order.json'), JSON.stringify(cashierOrder(), null, 2))
    const { file, command } = RUNS[language]
    const { clientId, networkPublicKey } = made.sandbox
    const facts = {
      origin: center.origin,
      uri: '/aps/api/v1/payments/pay',
      clientId,
      networkKey: networkPublicKey ?? '',
    }
    writeFileSync(join(folder, file), programOf(language, facts))
    const [name, ...args] = command
    const { stdout, stderr } = await run(name, [...args, file], { cwd: folder })
    expect(stderr).toMatch(/Verified OK|The signature of the answer verifies\./)
    expect(JSON.parse(stdout)).toMatchObject({ result: { resultCode: 'PAYMENT_IN_PROCESS' } })
  })
})

describe('the quick start, as it is printed', () => {
  let kit: string
  let settings: { PATH: string; GATEWAY: string; CLIENT_ID: string }
  beforeAll(() => {
    kit = join(folder, 'quick-start')
    mkdirSync(kit)
    copyFileSync(join(folder, 'private.pem'), join(kit, 'sandbox-private-key.pem'))
    writeFileSync(join(kit, 'network-public-key.pem'), shownKey())
    for (const name of ['first-call.sh', 'first-call.mjs', 'notify.mjs']) writeFileSync(join(kit, name), printed(name))
    settings = { PATH: process.env.PATH ?? '', GATEWAY: center.origin, CLIENT_ID: made.sandbox.clientId }
  })

  test.each([
    ['sh', 'first-call.sh'],
    [process.execPath, 'first-call.mjs'],
  ])('%s %s: a call whose answer verifies with the key as the console shows it', async (command, file) => {
    const { stdout } = await run(command, [file], { cwd: kit, env: settings })
    expect(stdout).toContain('PAYMENT_IN_PROCESS')
    expect(stdout).toContain('The signature of the answer verifies.')
  })

  test.each([
    ['sh', 'first-call.sh'],
    [process.execPath, 'first-call.mjs'],
  ])('%s %s: an answer without a signature is said to be one, and fails', async (command, file) => {
    const wrong = run(command, [file], { cwd: kit, env: { ...settings, CLIENT_ID: 'SANDBOX_NOBODY' } })
    await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/not signed/i) })
  })

  test('node notify.mjs: verifies a notification, and its acknowledgement counts', async () => {
    const port = await freePort()
    const child = spawn(process.execPath, ['notify.mjs'], { cwd: kit, env: { ...settings, PORT: String(port) } })
    const lines: string[] = []
    child.stdout.on('data', (data) => lines.push(String(data)))
    await vi.waitFor(() => expect(lines.join('')).toContain('Waiting at'), { timeout: 10_000 })
    const params = { applicationId: made.application.id, api: 'notifyPayment' as const }
    await made.developer.do(setNotificationUrl, { params, body: { url: `http://localhost:${port}/notify` } })
    const { stdout } = await run('sh', ['first-call.sh'], { cwd: kit, env: settings })
    const order = JSON.parse(stdout.split('\n')[0] ?? '') as { paymentUrl: string }
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(order), body: { decision: 'pay' } })
    const log = () =>
      made.developer.do(listNotifications, { params: { applicationId: made.application.id }, query: {} })
    await expect.poll(async () => (await log()).items[0]?.state).toBe('acknowledged')
    expect(lines.join('')).toContain('The signature of the notification verifies.')
    child.kill()
  })
})

/** The network's key as the settings page shows it. */
function shownKey(): string {
  const key = Buffer.from(made.sandbox.networkPublicKey ?? '', 'base64')
  return String(createPublicKey({ key, type: 'spki', format: 'der' }).export({ type: 'spki', format: 'pem' }))
}

/** A program of the quick start: the block of code that has its name at its top. */
function printed(name: string): string {
  const page = readFileSync(fileURLToPath(new URL('../docs/guide/quick-start.md', import.meta.url)), 'utf8')
  const blocks = [...page.matchAll(/^```(?:sh|js).*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  const found = blocks.find((block) =>
    block.split('\n', 2).some((line) => /^(?:#|\/\/) /.test(line) && line.endsWith(` ${name}`)),
  )
  if (found === undefined) throw new Error(`The quick start shows no ${name}.`)
  return found
}

describe('examples/node-acquirer', () => {
  let child: ChildProcess
  let shop: string
  beforeAll(async () => {
    const port = await freePort()
    shop = `http://127.0.0.1:${port}`
    child = spawn(process.execPath, [join(EXAMPLES, 'node-acquirer/server.mjs')], {
      env: {
        PATH: process.env.PATH ?? '',
        GATEWAY: center.origin,
        CLIENT_ID: made.sandbox.clientId,
        NETWORK_PUBLIC_KEY: shownKey(),
        PRIVATE_KEY_FILE: join(folder, 'private.pem'),
        PORT: String(port),
        PUBLIC_ORIGIN: shop,
      },
    })
    await vi.waitFor(() => fetch(`${shop}/orders`), { timeout: 10_000 })
    const params = { applicationId: made.application.id, api: 'notifyPayment' as const }
    await made.developer.do(setNotificationUrl, { params, body: { url: `${shop}/notify` } })
  })
  afterAll(() => void child.kill())

  const post = async (path: string, body: unknown = {}) =>
    (
      await fetch(`${shop}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()
  const stateOf = async (id: string) => {
    const { orders } = (await (await fetch(`${shop}/orders`)).json()) as {
      orders: { paymentRequestId: string; state: string }[]
    }
    return orders.find(({ paymentRequestId }) => paymentRequestId === id)?.state
  }
  const log = async () =>
    (await made.developer.do(listNotifications, { params: { applicationId: made.application.id }, query: {} })).items

  test.each([
    ['as the settings page shows it', (pem: string) => pem],
    ['on one line', (pem: string) => pem.replaceAll('\n', ' ')],
    ['with the line ends of Windows', (pem: string) => pem.replaceAll('\n', '\r\n')],
    ['as base64 alone', () => made.sandbox.networkPublicKey ?? ''],
  ])('reads the network key %s', async (_name, written) => {
    const { readPublicKey } = (await import(join(EXAMPLES, 'node-acquirer/keys.mjs'))) as {
      readPublicKey(text: string): KeyObject // it is JavaScript
    }
    expect(readPublicKey(written(shownKey())).export({ type: 'spki', format: 'pem' })).toBe(shownKey())
  })

  test('pays, and learns the outcome by a notification that it verifies', async () => {
    const order = await post('/orders')
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(order), body: { decision: 'pay' } })
    await expect.poll(() => stateOf(order.paymentRequestId)).toBe('SUCCESS')
    await expect.poll(async () => (await log())[0]?.state).toBe('acknowledged')
  })

  test('that acknowledges without a signature is told again, on the ladder, until it signs', async () => {
    await post('/switch', { acknowledge: 'unsigned' })
    const order = await post('/orders')
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(order), body: { decision: 'pay' } })
    const attempts = async () => (await log())[0]?.attempts ?? []
    await expect.poll(async () => (await attempts()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(3)
    expect((await attempts()).map(({ fault }) => fault)).toEqual(expect.arrayContaining(['no_signature']))
    await post('/switch', { acknowledge: 'signed' })
    await expect.poll(async () => (await log())[0]?.state, { timeout: 25_000 }).toBe('acknowledged')
    expect((await attempts()).at(-1)).toMatchObject({ fault: null, signatureVerified: true })
  })
})
