/** The script that partners run beside their server, against a real center. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { setNotificationUrl } from '../../contract/applications.ts'
import { listNotifications } from '../../contract/log.ts'
import { getRelay, removeRelayToken } from '../../contract/relays.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { type ListenScript, startScript } from '../../test/listen-script.ts'
import { makeListener } from '../../test/listener.ts'
import { makeIntegration } from '../../test/make.ts'
import { orderKey } from '../../test/partner.ts'
import { freePort } from '../../test/port.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let token: string
const scripts: ListenScript[] = []
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center)
  const body = { url: 'relay:/notify?shop=7' }
  await made.developer.do(setNotificationUrl, { params: { ...params(), api: 'notifyPayment' }, body })
  token = (await makeListener(made.developer, made.application.id)).token
})
afterEach(async () => {
  for (const script of scripts.splice(0)) {
    script.kill('SIGKILL')
    await script.ended
  }
  await made.server.close()
})
afterAll(() => center.close())

const params = () => ({ applicationId: made.application.id })
const list = async () => (await made.developer.do(listNotifications, { params: params(), query: {} })).items
const local = () => new URL(made.server.notifyUrl).origin

function start(change: { center?: string; token?: string; forward?: string } = {}): ListenScript {
  const script = startScript({ center: center.origin, token, forward: local(), ...change })
  scripts.push(script)
  return script
}

async function pay(): Promise<void> {
  const { body } = await made.server.pay()
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
}

test('what is signed comes to the path of the notification URL, and a line says how it went', async () => {
  const script = start({ forward: `${local()}/notify` })
  await pay()
  const [received] = await made.server.waitForNotifications(1)
  expect(received).toMatchObject({ uri: '/notify?shop=7', verified: true })
  await expect.poll(list).toMatchObject([{ state: 'acknowledged', attempts: [{ status: 200 }] }])
  await expect.poll(script.output).toMatch(/Listening\. .*\/notify/)
  await expect.poll(script.output).toMatch(/\d\d:\d\d:\d\d {2}POST \/notify\?shop=7 {2}200 {2}\d+ ms\n/)
  expect(script.output()).not.toContain(token)
})

test('a wrong token ends it, at the start and when the token is removed', async () => {
  const wrong = start({ token: 'x'.repeat(43) })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toContain('does not know this token')
  const right = start()
  await expect.poll(right.output).toContain('Listening')
  await made.developer.do(removeRelayToken, { params: params() })
  expect(await right.ended).toBe(1)
})

test('a center that is not there yet is waited for, and said once', async () => {
  const port = await freePort()
  const script = start({ center: `http://127.0.0.1:${port}` })
  await expect.poll(script.output).toContain('connection refused. Trying again.')
  const stranger = createServer((_request, response) => response.writeHead(404).end('<html>'))
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve))
  await expect.poll(script.output, { timeout: 10_000 }).toContain('not as a developer center does')
  expect(script.output().match(/connection refused/g)).toHaveLength(1)
  stranger.closeAllConnections()
  stranger.close()
})

test('a port where nothing listens is told to the center', async () => {
  const closed = `http://127.0.0.1:${await freePort()}`
  start({ forward: closed })
  await pay()
  await expect
    .poll(list)
    .toMatchObject([
      { attempts: [{ status: 502, fault: 'wrong_status', responseBody: 'slipway-listen: connection refused' }] },
    ])
})

test('a path that is not that of the notification URL is told to the center', async () => {
  start({ forward: `${local()}/elsewhere` })
  await pay()
  await expect.poll(async () => (await list())[0]?.attempts[0]?.responseBody).toContain('--forward says /elsewhere')
  expect(made.server.received).toEqual([])
})

test('an answer that is too large is no answer of ours', async () => {
  const large = createServer((_request, response) => response.end('x'.repeat(70_000)))
  await new Promise<void>((resolve) => large.listen(0, '127.0.0.1', resolve))
  start({ forward: `http://127.0.0.1:${(large.address() as AddressInfo).port}` })
  await pay()
  await expect.poll(async () => (await list())[0]?.attempts[0]?.responseBody).toContain('larger than 65536 bytes')
  large.close()
})

test('Ctrl-C ends it cleanly, and the center knows at once', async () => {
  const script = start()
  await expect.poll(script.output).toContain('Listening')
  const isListening = async () => (await made.developer.do(getRelay, { params: params() })).isListening
  await expect.poll(isListening).toBe(true)
  script.kill('SIGINT')
  expect(await script.ended).toBe(0)
  await expect.poll(isListening).toBe(false)
})

test.each([
  [{ forward: 'localhost:3000' }, '--forward must be a URL'],
  [{ token: ' ' }, 'The token of the relay is needed'],
])('what is wrong on the command line is said: %j', async (change, text) => {
  const script = start(change)
  expect(await script.ended).toBe(1)
  expect(script.output()).toContain(text)
})
