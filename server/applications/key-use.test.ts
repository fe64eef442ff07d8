/** Rotation of a sandbox key while calls go on: two versions verify, the meter moves, and nothing is refused that should pass. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { setSandboxKey } from '../../contract/applications.ts'
import { getKeyUse, restoreSandboxKey, retireSandboxKey } from '../../contract/keys.ts'
import { proveReplacement } from '../../test/launch.ts'
import { makeIntegration, PASSWORD } from '../../test/make.ts'
import { TestPartner } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let second: TestPartner
beforeAll(async () => {
  center = await startCenter({ config: { rateFactor: 100 } })
})
afterAll(() => center.close())
beforeEach(async () => {
  made = await makeIntegration(center, { notify: false })
  second = await TestPartner.start(center.origin)
  return async () => {
    await made.server.close()
    await second.close()
  }
})

const params = () => ({ applicationId: made.application.id })
const version = (number: number) => ({ ...params(), version: String(number) }) as never // as the address has it
const replace = async () => {
  const sandbox = await made.developer.do(setSandboxKey, { params: params(), body: { publicKey: second.publicKey } })
  second.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
}
const prove = (partner = second) => proveReplacement(made.developer, made.application.id, partner.privateKey)
const codeOf = async (partner: TestPartner) => (await partner.pay()).body.result.resultCode
const use = async () => (await made.developer.do(getKeyUse, { params: params() })).items
const retire = (number: number, evenIfUsed = false) =>
  made.developer.call(retireSandboxKey, { params: version(number), body: { evenIfUsed } })
const restore = (number: number) => made.developer.call(restoreSandboxKey, { params: version(number) })

test('while calls go on with both, none is refused, and the meter counts each version', async () => {
  await replace()
  await prove()
  const codes: string[] = []
  const load = async (partner: TestPartner, count: number) => {
    for (let i = 0; i < count; i++) codes.push(await codeOf(partner))
  }
  await Promise.all([load(made.server, 12), load(made.server, 12), load(second, 12), load(second, 12)])
  expect(new Set(codes)).toEqual(new Set(['PAYMENT_IN_PROCESS']))
  expect(await use()).toMatchObject([
    { version: 2, lastHour: 24, lastDay: 24, lastWeek: 24, lastAt: expect.any(String) },
    { version: 1, lastHour: 24 },
  ])
})

test('retiring one in use asks, retires, and is taken back; its calls are refused in between and only then', async () => {
  await replace()
  await prove()
  expect(await codeOf(made.server)).toBe('PAYMENT_IN_PROCESS')
  expect(await codeOf(second)).toBe('PAYMENT_IN_PROCESS')
  expect((await retire(1)).body).toMatchObject({ code: 'key.in_live_use' })
  expect(await codeOf(made.server)).toBe('PAYMENT_IN_PROCESS')
  expect((await retire(1, true)).status).toBe(200)
  expect(await codeOf(made.server)).toBe('KEY_NOT_FOUND')
  expect(await codeOf(second)).toBe('PAYMENT_IN_PROCESS')
  expect((await retire(1, true)).body).toMatchObject({ code: 'key.retired' })
  expect((await restore(1)).body).toMatchObject({ keys: [{ version: 2 }, { version: 1, state: 'active' }] })
  expect(await codeOf(made.server)).toBe('PAYMENT_IN_PROCESS')
  expect((await restore(1)).body).toMatchObject({ code: 'key.not_retired' })
})

test('the only active one stays; one that waits can be retired, and waits again', async () => {
  await replace()
  expect((await retire(1, true)).body).toMatchObject({ code: 'key.only_active' })
  expect((await retire(2)).status).toBe(200)
  expect(await codeOf(second)).toBe('INVALID_SIGNATURE')
  expect((await restore(2)).body).toMatchObject({ keys: [{ version: 2, state: 'waiting' }, { version: 1 }] })
  await prove()
  expect(await codeOf(second)).toBe('PAYMENT_IN_PROCESS')
})

test('two are active at most: a third takes the place of the oldest, which cannot come back beside them', async () => {
  await replace()
  await prove()
  const third = await TestPartner.start(center.origin)
  const { clientId, networkPublicKey } = await made.developer.do(setSandboxKey, {
    params: params(),
    body: { publicKey: third.publicKey },
  })
  third.join(clientId, networkPublicKey ?? '')
  expect((await prove(third)).keys.map(({ state }) => state)).toEqual(['active', 'active', 'retired'])
  expect(await codeOf(third)).toBe('PAYMENT_IN_PROCESS')
  expect((await restore(1)).body).toMatchObject({ code: 'key.two_active' })
  await third.close()
})

test('what was used a day ago retires without a question', async () => {
  await replace()
  await prove()
  await codeOf(made.server)
  await codeOf(second)
  expect((await retire(7)).status).toBe(404)
  expect((await retire(1)).body).toMatchObject({ code: 'key.in_live_use' })
  center.clock.forward(25 * 3600)
  await made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
  expect((await retire(1)).status).toBe(200)
})
