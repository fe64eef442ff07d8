import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { setSandboxKey } from '../../contract/applications.ts'
import * as contract from '../../contract/production.ts'
import { getUat, tickUat } from '../../contract/production.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { KEY_PROOF, PROOF_SECONDS } from '../../rules/limits.ts'
import { openProduction, proveNewKey, signText } from '../../test/launch.ts'
import { makeApplication, makeIntegration, makeMember, makePartner, PASSWORD } from '../../test/make.ts'
import { newPair, orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

const api = 'notifyPayment' as const

async function setUp() {
  const partner = await makePartner(center)
  const admin = await makeMember(center, partner)
  const application = await makeApplication(admin)
  return { partner, admin, application, params: { applicationId: application.id } }
}

async function waitingKey({ admin, params }: Pick<Awaited<ReturnType<typeof setUp>>, 'admin' | 'params'>) {
  const pair = newPair()
  const { keys } = await admin.do(contract.setProductionKey, { params, body: { publicKey: pair.publicKey } })
  const [key] = keys
  return { ...pair, version: key?.version ?? 0, text: key?.challenge?.text ?? '' }
}

describe('the production client', () => {
  test('has an id of its own, made once', async () => {
    const { admin, params } = await setUp()
    const views = await Promise.all([1, 2, 3].map(() => admin.do(contract.getProduction, { params })))
    const ids = new Set(views.map(({ clientId }) => clientId))
    expect(ids.size).toBe(1)
    expect([...ids][0]).toMatch(/^[A-Z0-9]{20}$/)
  })

  test('is nobody at the gateway of the sandbox, with its own proved key too', async () => {
    const { developer, application, server } = await makeIntegration(center)
    await proveNewKey(developer, application.id)
    const { clientId } = await developer.do(contract.getProduction, { params: { applicationId: application.id } })
    expect((await server.pay()).body.result.resultStatus).not.toBe('F')
    server.clientId = clientId
    expect((await server.pay()).body.result.resultCode).toBe('INVALID_CLIENT')
    await server.close()
  })

  test('changes nothing of the sandbox: what is paid there is told there, by its own clock', async () => {
    const { developer, application, server } = await makeIntegration(center)
    const params = { applicationId: application.id }
    const system = await openProduction()
    await proveNewKey(developer, application.id)
    await developer.do(contract.setProductionUrl, { params: { ...params, api }, body: { url: system.url } })
    const { body } = await server.pay()
    await developer.do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    const [told] = await server.waitForNotifications(1)
    expect(told?.verified).toBe(true)
    await Promise.all([server.close(), system.close()])
  })
})

describe('a production key', () => {
  test('waits until a signature of its text proves it', async () => {
    const set = await setUp()
    const { admin, params } = set
    const key = await waitingKey(set)
    const prove = (signature: string) =>
      admin.call(contract.proveProductionKey, { params: { ...params, version: key.version }, body: { signature } })
    expect(key.text).toMatch(/^slipway-key-proof:[A-Z0-9]{20}:1:[\w-]{43}$/)
    for (const wrong of [
      signText(key.text, newPair().privateKey),
      signText(`${key.text}\n`, key.privateKey),
      'AAAA',
      '!',
    ])
      expect((await prove(wrong)).body.code, wrong).toBe('key.proof_wrong')
    const signature = signText(key.text, key.privateKey)
    const withBreaks = signature.replace(/(.{64})/g, '$1\n')
    expect((await prove(withBreaks)).body.keys).toMatchObject([{ state: 'active', provedAt: expect.any(String) }])
    expect((await prove(signature)).body.code).toBe('key.not_waiting')
  })

  test('of two who prove it at once, both find it proved, and one has done it', async () => {
    const set = await setUp()
    const key = await waitingKey(set)
    const params = { ...set.params, version: key.version }
    const body = { signature: signText(key.text, key.privateKey) }
    const replies = await Promise.all([1, 2].map(() => set.admin.call(contract.proveProductionKey, { params, body })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('is not proved by a text that is replaced, or whose time is over', async () => {
    const set = await setUp()
    const key = await waitingKey(set)
    const params = { ...set.params, version: key.version }
    const prove = (text: string) =>
      set.admin.call(contract.proveProductionKey, { params, body: { signature: signText(text, key.privateKey) } })
    const again = await set.admin.do(contract.challengeProductionKey, { params })
    const text = again.keys[0]?.challenge?.text ?? ''
    expect(text).not.toBe(key.text)
    expect((await prove(key.text)).body.code).toBe('key.proof_wrong')
    center.clock.forward(KEY_PROOF.seconds)
    await set.admin.do(logIn, { body: { email: set.admin.email, password: PASSWORD } })
    expect((await set.admin.do(contract.getProduction, { params: set.params })).keys[0]?.challenge).toBeNull()
    expect((await prove(text)).body.code).toBe('key.proof_unknown')
  })

  test('is one that the sandbox does not have, and the reverse', async () => {
    const { admin, application, params } = await setUp()
    const [first, second] = [newPair(), newPair()]
    await admin.do(setSandboxKey, { params, body: { publicKey: first.publicKey } })
    const refused = await admin.call(contract.setProductionKey, { params, body: { publicKey: first.publicKey } })
    expect(refused.body).toMatchObject({
      code: 'key.of_sandbox',
      fields: [{ path: 'publicKey', message: 'It is version 1 of the sandbox.' }],
    })
    await admin.do(contract.setProductionKey, { params, body: { publicKey: second.publicKey } })
    const reverse = await admin.call(setSandboxKey, { params, body: { publicKey: second.publicKey } })
    expect(reverse.body.code).toBe('key.of_production')
    const own = await admin.call(contract.setProductionKey, { params, body: { publicKey: second.publicKey } })
    expect(own.body.code).toBe('key.in_use')
    const stranger = await setUp()
    const foreign = await stranger.admin.call(contract.setProductionKey, {
      params: stranger.params,
      body: { publicKey: second.publicKey },
    })
    expect(foreign.body).toMatchObject({ code: 'key.in_use', fields: [{ message: 'It is in use in another place.' }] })
    expect(foreign.text).not.toContain(application.name)
  })

  test('has versions: two verify at once, a third retires the oldest, and one that nobody proved is replaced', async () => {
    const { admin, application, params } = await setUp()
    for (const _ of [1, 2, 3]) await proveNewKey(admin, application.id)
    await waitingKey({ admin, params })
    await waitingKey({ admin, params })
    const { keys } = await admin.do(contract.getProduction, { params })
    expect(keys.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '4 waiting',
      '3 active',
      '2 active',
      '1 retired',
    ])
  })

  test('is retired for good; before the launch the last one too', async () => {
    const { admin, application, params } = await setUp()
    const { publicKey } = await proveNewKey(admin, application.id)
    const retire = () => admin.call(contract.retireProductionKey, { params: { ...params, version: 1 } })
    expect((await retire()).body.keys).toMatchObject([{ state: 'retired' }])
    expect((await retire()).body.code).toBe('key.retired')
    expect((await admin.call(contract.setProductionKey, { params, body: { publicKey } })).body.code).toBe('key.in_use')
    const unknown = await admin.call(contract.retireProductionKey, { params: { ...params, version: 7 } })
    expect(unknown.status).toBe(404)
  })

  test('is told to the other Developer Admins, and stands in the audit log without the key itself', async () => {
    const { partner, admin, application, params } = await setUp()
    const other = await makeMember(center, partner)
    const developer = await makeMember(center, partner, ['developer'])
    const { fingerprint } = await proveNewKey(admin, application.id)
    const mail = await center.mail.waitFor(other.email, /production key .* was proved/)
    expect(mail.text).toContain(fingerprint)
    await admin.do(contract.retireProductionKey, { params: { ...params, version: 1 } })
    await center.mail.waitFor(other.email, /was retired/)
    const told = center.mail.mails.filter(({ subject }) => /production key/.test(subject)).map(({ to }) => to)
    expect(new Set(told)).toEqual(new Set([other.email]))
    expect(told).not.toContain(developer.email)
    const entries = await center.app.database.reader
      .selectFrom('audit_entries')
      .selectAll()
      .where('chain', '=', partner.id)
      .where('action', 'like', 'production.%')
      .orderBy('number')
      .execute()
    expect(entries.map(({ action }) => action)).toEqual([
      'production.key',
      'production.key_proved',
      'production.key_retired',
    ])
    for (const { after } of entries) expect(after).toContain(fingerprint)
  })
})

async function expectProofAsked(call: () => Promise<{ body: { code: string } }>): Promise<void> {
  expect((await call()).body.code).toBe('session.proof_needed')
}

test('a session that was left behind changes no key and no URL', async () => {
  const set = await setUp()
  const { admin, params } = set
  const key = await waitingKey(set)
  center.clock.forward(PROOF_SECONDS)
  const version = { ...params, version: key.version }
  await expectProofAsked(() =>
    admin.call(contract.setProductionKey, { params, body: { publicKey: newPair().publicKey } }),
  )
  await expectProofAsked(() => admin.call(contract.proveProductionKey, { params: version, body: { signature: 'AA' } }))
  await expectProofAsked(() => admin.call(contract.retireProductionKey, { params: version }))
  await expectProofAsked(() =>
    admin.call(contract.setProductionUrl, { params: { ...params, api }, body: { url: 'https://x.network' } }),
  )
  expect((await admin.do(contract.getProduction, { params })).keys).toMatchObject([{ version: 1, state: 'waiting' }])
})

describe('a production URL', () => {
  test('leads to a public address over https, and to no name of examples', async () => {
    const common = center
    let resolved = 0
    center = await startCenter({
      config: { production: { gateway: '', publicKey: '', loopback: false } },
      // Public when it is saved, inside when it is called.
      resolve: async (host) => [
        { address: host === 'inside.network' || ++resolved > 1 ? '10.0.0.5' : '93.184.216.34', family: 4 },
      ],
    })
    onTestFinished(async () => {
      await center.close()
      center = common
    })
    const { admin, params } = await setUp()
    const set = (url: string) => admin.call(contract.setProductionUrl, { params: { ...params, api }, body: { url } })
    const wrong: [string, string][] = [
      ['no url', 'url.malformed'],
      ['http://pay.shop.network/notify', 'url.not_https'],
      ['http://127.0.0.1:9000/notify', 'url.not_https'],
      ['http://localhost/notify', 'url.not_https'],
      ['https://127.0.0.1/notify', 'url.not_public'],
      ['https://10.0.0.5/notify', 'url.not_public'],
      ['https://[::1]/notify', 'url.not_public'],
      ['https://169.254.169.254/', 'url.not_public'],
      ['https://inside.network/notify', 'url.not_public'],
      ['https://a:b@pay.shop.network/', 'url.credentials'],
      ['https://pay.shop.network:9000/', 'url.port'],
      ['https://api.example.com/notify', 'url.example_name'],
      ['https://shop.example/notify', 'url.example_name'],
      ['https://shop.test/notify', 'url.example_name'],
    ]
    for (const [url, code] of wrong) expect((await set(url)).body.code, url).toBe(code)
    resolved = 0
    const [saved] = (await set('https://pay.shop.network/notify')).body.notificationUrls
    expect(saved).toMatchObject({ url: 'https://pay.shop.network/notify', look: { status: null, fault: 'no answer' } })
  })

  test('is looked at when it is set, and again when somebody asks', async () => {
    const { admin, params } = await setUp()
    const system = await openProduction()
    const [set] = (await admin.do(contract.setProductionUrl, { params: { ...params, api }, body: { url: system.url } }))
      .notificationUrls
    expect(set).toMatchObject({ url: system.url, look: { status: 405, fault: null } })
    await system.close()
    const [again] = (await admin.do(contract.lookAtProductionUrls, { params })).notificationUrls
    expect(again?.look).toMatchObject({ status: null, fault: 'no answer' })
    const cleared = await admin.do(contract.setProductionUrl, { params: { ...params, api }, body: { url: null } })
    expect(cleared.notificationUrls).toContainEqual({ api, url: null, look: null })
  })
})

test('the UAT checklist keeps who ticked what and when; whoever ticks second changes nothing', async () => {
  const { partner, admin, params } = await setUp()
  const colleague = await makeMember(center, partner)
  const of = { ...params, item: 'contacts' as const }
  const find = (view: Awaited<ReturnType<typeof read>>) => view.items.find(({ item }) => item === 'contacts')
  const read = () => admin.do(getUat, { params })
  expect((await read()).items.every(({ ticked }) => ticked === null)).toBe(true)
  const first = find(await admin.do(tickUat, { params: of, body: { isTicked: true } }))
  expect(first).toMatchObject({ phase: 'before', ticked: { by: expect.stringContaining('Member') } })
  expect(find(await colleague.do(tickUat, { params: of, body: { isTicked: true } }))).toEqual(first)
  expect(find(await colleague.do(tickUat, { params: of, body: { isTicked: false } }))?.ticked).toBeNull()
  const actions = await center.app.database.reader
    .selectFrom('audit_entries')
    .select('action')
    .where('chain', '=', partner.id)
    .where('action', 'like', 'uat.%')
    .orderBy('number')
    .execute()
  expect(actions.map(({ action }) => action)).toEqual(['uat.tick', 'uat.untick'])
})
