/** The Signature Doctor on answers to notifications. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { diagnoseAnswer } from '../../contract/diagnosis.ts'
import { sendTestNotification } from '../../contract/inotify.ts'
import { listNotifications } from '../../contract/log.ts'
import { makeIntegration } from '../../test/make.ts'
import { newPair, type ReceivedNotification } from '../../test/partner.ts'
import { signText } from '../../test/launch.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})
beforeEach(() => {
  made.server.received.length = 0
})

const params = () => ({ applicationId: made.application.id })
const BODY = '{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"success"}}'
const TIME = '2026-11-23T08:53:02.240Z'

type Signing = { text: string; key?: Parameters<typeof signText>[1]; body?: string }

/** One notification, whose answer signs what the test says. */
async function answered(sign: (received: ReceivedNotification, clientId: string) => Signing) {
  made.server.acknowledge = (received, response) => {
    const { text, key = made.server.privateKey, body = BODY } = sign(received, made.server.clientId)
    response
      .writeHead(200, {
        'client-id': made.server.clientId,
        'response-time': TIME,
        signature: `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signText(text, key))}`,
      })
      .end(body)
  }
  const body = { api: 'notifyPayment', family: 'aps', url: null, manner: 'once', delaySeconds: 5 } as const
  const sent = await made.developer.do(sendTestNotification, {
    params: params(),
    body: { ...body, body: '{"a":1}', earlier: null },
  })
  const notificationId = sent.items[0]?.id ?? ''
  const attempt = await vi.waitUntil(
    async () => {
      const query = { search: notificationId }
      return (await made.developer.do(listNotifications, { params: params(), query })).items[0]?.attempts[0]
    },
    { timeout: 15_000 },
  )
  return { attempt, params: { ...params(), notificationId, attemptId: attempt.id } }
}
const head = ({ uri }: ReceivedNotification, clientId: string, time = TIME) => `POST ${uri}\n${clientId}.${time}.`

test.each([
  [
    'the time of the notification',
    'time.of_another_header',
    (r: ReceivedNotification, id: string) => ({
      text: head(r, id, String(r.headers['request-time'])) + BODY,
    }),
  ],
  [
    'a body that was written anew',
    'body.pretty',
    (r: ReceivedNotification, id: string) => ({
      text: head(r, id) + JSON.stringify(JSON.parse(BODY), null, 2),
    }),
  ],
  [
    'the path without its query',
    'query.missing',
    (r: ReceivedNotification, id: string) => ({
      text: head({ ...r, uri: '/notify' }, id) + BODY,
    }),
  ],
] as const)('names %s', async (_name, id, sign) => {
  const { attempt, params: of } = await answered(sign)
  expect(attempt).toMatchObject({ fault: 'wrong_signature', signatureVerified: false })
  const found = await made.developer.do(diagnoseAnswer, { params: of })
  expect(found).toMatchObject({ verdict: 'named', key: { kind: 'own', version: 1 } })
  expect(found.named.concat(found.alike)).toContain(id)
  const received = Buffer.from(found.received, 'base64').toString()
  expect(received).toBe(head(made.server.received[0] ?? expect.fail('nothing came'), made.server.clientId) + BODY)
})

test('says of a key that it does not know that no string would do', async () => {
  const { privateKey } = newPair()
  const { params: of } = await answered((r, id) => ({ text: head(r, id) + BODY, key: privateKey }))
  expect(await made.developer.do(diagnoseAnswer, { params: of })).toMatchObject({ verdict: 'key', named: [] })
})

test('looks at no answer that was right, and at none that was not kept whole', async () => {
  const right = await answered((r, id) => ({ text: head(r, id) + BODY }))
  expect(right.attempt.signatureVerified).toBe(true)
  expect((await made.developer.call(diagnoseAnswer, { params: right.params })).body).toMatchObject({
    code: 'diagnosis.not_refused',
  })
  const long = BODY.replace('success', createHash('sha256').update('').digest('hex').repeat(200))
  const cut = await answered((r, id) => ({ text: head(r, id) + BODY, body: long }))
  expect((await made.developer.call(diagnoseAnswer, { params: cut.params })).body).toMatchObject({
    code: 'diagnosis.not_whole',
  })
})

test('belongs to its own application', async () => {
  const wrong = await answered((r, id) => ({ text: head(r, id) }))
  const other = await makeIntegration(center)
  expect((await other.developer.call(diagnoseAnswer, { params: wrong.params })).status).toBe(404)
  const mine = { ...wrong.params, applicationId: other.application.id }
  expect((await other.developer.call(diagnoseAnswer, { params: mine })).status).toBe(404)
  await other.server.close()
})
