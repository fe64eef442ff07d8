/**
 * Law 2, over every endpoint of the contract and every kind of caller: who may call what is exactly what rules/roles.ts says; what
 * belongs to another partner is not found; what the contract does not name is refused.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { me } from '../../contract/accounts.ts'
import type { Endpoint } from '../../contract/endpoint.ts'
import { endpoints } from '../../contract/index.ts'
import { FileBody } from '../../contract/wire.ts'
import { disableAccount } from '../../contract/partners.ts'
import { partnerRoles, staffRoles } from '../../rules/roles.ts'
import { pathOf, type Reply, TestBrowser } from '../../test/browser.ts'
import { makeListener } from '../../test/listener.ts'
import { makeIntegration, makeMember, makePartner, makeStaff } from '../../test/make.ts'
import { promisedTo } from '../../test/promised.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { TABLES } from '../db/schema.ts'
import { newOutgoing } from '../outgoing/client.ts'
import { newLine } from '../relays/line.ts'
import { allBindings } from '../start.ts'

type Caller = {
  name: string
  browser: TestBrowser
  headers?: Record<string, string>
  may: (endpoint: Endpoint) => boolean
  known: boolean
}

let center: Center
let foreign: Awaited<ReturnType<typeof makeIntegration>>
const callers: Caller[] = []

const REGISTRY_TOKEN = 'a-token-of-the-registry-that-is-long-enough'
plant('registry token', REGISTRY_TOKEN)

beforeAll(async () => {
  center = await startCenter({ config: { registryToken: REGISTRY_TOKEN } })
  foreign = await makeIntegration(center, { notify: false })
  await foreign.server.pay()
  const partner = await makePartner(center)
  const member = async (name: string, roles: (typeof partnerRoles)[number][]) => {
    const granted = promisedTo(roles)
    callers.push({
      name,
      browser: await makeMember(center, partner, roles),
      may: ({ needs }) => granted.includes(needs),
      known: true,
    })
  }
  for (const role of partnerRoles) await member(role, [role])
  await member('developer and merchant_onboarding', ['developer', 'merchant_onboarding'])
  for (const role of staffRoles) {
    const granted = promisedTo([role])
    callers.push({
      name: `staff ${role}`,
      browser: await makeStaff(center, role),
      may: ({ needs }) => granted.includes(needs),
      known: true,
    })
  }
  const disabled = await makeMember(center, partner, ['developer_admin'])
  const personId = (await disabled.do(me, {})).person.id
  await partner.staff.do(disableAccount, { params: { partnerId: partner.id, personId } })
  callers.push({
    name: 'disabled developer_admin',
    browser: disabled,
    may: ({ needs }) => needs === 'nobody',
    known: false,
  })
  callers.push({
    name: 'a system of the network',
    browser: new TestBrowser(center.origin),
    headers: { authorization: `Bearer ${REGISTRY_TOKEN}` },
    may: ({ needs }) => needs === 'nobody' || needs === 'registry',
    known: false,
  })
  callers.push({
    name: 'a listener',
    browser: new TestBrowser(center.origin),
    headers: { authorization: `Bearer ${(await makeListener(foreign.developer, foreign.application.id)).token}` },
    may: ({ needs }) => needs === 'nobody' || needs === 'relay',
    known: false,
  })
  callers.push({
    name: 'nobody',
    browser: new TestBrowser(center.origin),
    may: ({ needs }) => needs === 'nobody',
    known: false,
  })
})
afterAll(async () => {
  await foreign.server.close()
  await center.close()
})

const names = Object.keys(endpoints)
const get = (name: string) => endpoints[name] as Endpoint // the name comes from the list

/** Ids of another partner where there are such, otherwise ids that nobody has. */
function strangeParams(endpoint: Endpoint): Record<string, string> {
  const known: Record<string, string> = {
    applicationId: foreign.application.id,
    api: 'notifyPayment',
    productId: 'cashier',
    product: 'cashier',
    caseId: 'cashier.balance',
    format: 'json',
    version: '1',
    item: 'contacts',
    clientId: 'A'.repeat(20),
    paymentId: '0'.repeat(32),
    // The wallet's own secret is longer than that of an order.
    secret: 'A'.repeat(endpoint.path.startsWith('/wallet/:secret') ? 32 : 22),
  }
  return Object.fromEntries(
    [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [
      name,
      known[name] ?? `${PREFIXES[name] ?? 'xxx'}_${'0'.repeat(32)}`,
    ]),
  )
}
const PREFIXES: Record<string, string> = {
  agreementId: 'agr',
  pairId: 'par',
  partnerId: 'ptn',
  personId: 'psn',
  exchangeId: 'exc',
  notificationId: 'ntf',
  attemptId: 'att',
  callId: 'inb',
  invitationId: 'inv',
  sessionId: 'ses',
  browserId: 'brw',
  merchantId: 'mer',
  requestId: 'lrq',
  mailId: 'mal',
  fileId: 'rpf',
}

const send = (
  endpoint: Endpoint,
  { browser, headers }: Pick<Caller, 'browser' | 'headers'>,
  body?: unknown,
  params = strangeParams(endpoint),
) =>
  browser.send(
    endpoint.method,
    // A file has its name in the query.
    `/api${pathOf(endpoint.path, params)}${endpoint.body === FileBody ? '?name=list.csv' : ''}`,
    endpoint.method === 'GET' ? undefined : endpoint.body === FileBody ? Buffer.from('a file') : body,
    headers,
  )

describe('every endpoint', () => {
  test('is bound to a use case, exactly once', () => {
    const wall = { allowLoopback: false, resolve: async () => [] }
    const outgoing = newOutgoing(wall)
    // Nothing is called: only what is bound is looked at.
    const partners = {
      mayAsk: () => false,
      ask: () => Promise.reject(new Error('asked')),
      clientOf: async () => undefined,
    }
    const parts = {
      wall,
      outgoing,
      line: newLine(),
      partners,
      production: { wall, outgoing },
      clientsChanged: () => undefined,
    }
    const bound = allBindings(parts).map(({ endpoint }) => endpoint)
    expect(bound).toHaveLength(names.length)
    for (const name of names) expect(bound, name).toContain(get(name))
  })

  test('is open to exactly the callers whom the table names', { timeout: 120_000 }, async () => {
    let cells = 0
    for (const name of names) {
      const endpoint = get(name)
      if (endpoint.path === '/session' && endpoint.method === 'DELETE') continue // ends the session that the next cell needs
      for (const caller of callers) {
        const reply = await send(endpoint, caller, {})
        const where = `${name} as ${caller.name}: ${reply.text}`
        if (caller.may(endpoint))
          expect(
            ['session.missing', 'permission.missing', 'registry.wrong_token', 'relay.wrong_token'],
            where,
          ).not.toContain(reply.body.code)
        else if (endpoint.needs === 'registry' || endpoint.needs === 'relay') {
          // A session opens nothing here, whatever its roles.
          expect(reply.status, where).toBe(401)
          expect(reply.body.code, where).toBe(`${endpoint.needs}.wrong_token`)
        } else {
          expect(reply.status, where).toBe(caller.known ? 403 : 401)
          expect(reply.body.code, where).toBe(caller.known ? 'permission.missing' : 'session.missing')
          if (caller.known) expect(reply.body.roles?.length, where).toBeGreaterThan(0)
        }
        expectSecurityHeaders(reply)
        cells++
      }
    }
    const expected = (names.length - 1) * callers.length
    expect(cells).toBe(expected)
    process.stdout.write(
      `\npermission law: ${cells} cells checked (${names.length - 1} endpoints × ${callers.length} callers)\n`,
    )
  })

  test('does not find what belongs to another partner, and leaves no trace in it', async () => {
    const before = await snapshot()
    let checked = 0
    // The staff's endpoints are for the applications of every partner.
    const ofPartners = names.filter((known) => /^(?!\/staff\/).*:(applicationId)/.test(get(known).path))
    for (const name of ofPartners) {
      for (const caller of callers.filter(({ may }) => may(get(name)))) {
        const reply = await send(get(name), caller, rightBody(name))
        const nobodys = { ...strangeParams(get(name)), applicationId: `app_${'1'.repeat(32)}` }
        const random = await send(get(name), caller, rightBody(name), nobodys)
        expect(reply.status, `${name} as ${caller.name}: ${reply.text}`).toBe(404)
        const same = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
        expect(same(reply.text)).toBe(same(random.text))
        checked++
      }
    }
    expect(checked).toBeGreaterThan(20)
    expect(await snapshot()).toEqual(before)
  })

  test('refuses every field that the contract does not name, the columns of the database among them', async () => {
    const columns = [...new Set(Object.values(TABLES).flatMap((table) => Object.keys(table)))]
    for (const name of names) {
      const endpoint = get(name)
      if (endpoint.method === 'GET' || (endpoint.path === '/session' && endpoint.method === 'DELETE')) continue
      if (endpoint.body === FileBody) continue // no JSON, no fields
      const caller = callers.find(({ may }) => may(endpoint))
      if (!caller) throw new Error(`Nobody may call ${name}.`)
      const allowed = Object.keys((endpoint.body as z.ZodObject).shape)
      const surplus = columns.filter((column) => !allowed.includes(column))
      // A refusal names a hundred fields at most.
      for (let from = 0; from < surplus.length; from += 80) {
        const some = surplus.slice(from, from + 80)
        const body = { ...rightBody(name), ...Object.fromEntries(some.map((column) => [column, 'x'])) }
        const reply = await send(endpoint, caller, body)
        expect(reply.body.code, name).toBe('request.invalid')
        const told = reply.body.fields?.map(({ path }) => path)
        expect(told, name).toEqual(expect.arrayContaining(some))
      }
    }
  })
})

/** A body that would be accepted, were the thing the caller's own. */
function rightBody(name: string): Record<string, unknown> {
  const bodies: Record<string, Record<string, unknown>> = {
    modifyApplication: { name: 'Taken over', description: '' },
    deleteApplication: { typedName: foreign.application.name },
    addProducts: { products: ['auto_debit'] },
    inviteMerchant: { name: 'M', mid: 'M1', email: 'm@m.test', products: ['cashier'] },
    changeMerchant: { name: 'M', email: 'm@m.test', products: ['cashier'] },
    setInvitationPreference: { toMerchant: true, copies: [] },
    forwardSandboxClock: { forwardSeconds: 60 },
    setSftpKey: { publicKey: null },
    setSandboxKey: { publicKey: foreign.server.publicKey },
    setNotificationUrl: { url: 'https://93.184.216.34/' },
    setProductionKey: { publicKey: foreign.server.publicKey },
    proveProductionKey: { signature: 'AAAA' },
    proveSandboxKey: { signature: 'AAAA' },
    setProductionUrl: { url: 'https://93.184.216.34/' },
    tickUat: { isTicked: true },
    launchProducts: { products: ['cashier'] },
    joinWallet: { code: 'a code' },
    resumeEndpoint: { origin: 'https://93.184.216.34' },
    resendMatching: { key: 'somebody else' },
    retireSandboxKey: { evenIfUsed: true },
    startMock: {
      mode: 'basic',
      minutes: 30,
      rules: [{ api: 'payments/pay', field: null, value: null, resultCode: 'RISK_REJECT' }],
    },
    setMerchantUrl: { url: 'https://93.184.216.34/' },
    addThrowAwayKey: { publicKey: foreign.server.publicKey },
    callMerchant: {
      action: 'authorize',
      product: null,
      scenario: null,
      title: null,
      amount: null,
      code: null,
      paymentRequestId: null,
      paymentId: null,
    },
    sendInboxCall: { url: null },
    sendTestNotification: {
      api: 'notifyPayment',
      family: 'aps',
      url: null,
      manner: 'once',
      delaySeconds: 5,
      body: '{}',
      earlier: null,
    },
  }
  return bodies[name] ?? {}
}

async function snapshot(): Promise<unknown> {
  const db = center.app.database.reader
  const applicationId = foreign.application.id
  return {
    application: await db.selectFrom('applications').selectAll().where('id', '=', applicationId).execute(),
    products: await db
      .selectFrom('application_products')
      .selectAll()
      .where('application_id', '=', applicationId)
      .execute(),
    client: await db.selectFrom('clients').selectAll().where('application_id', '=', applicationId).execute(),
    keys: await db.selectFrom('client_keys').selectAll().where('client_id', '=', foreign.sandbox.clientId).execute(),
    resends: await db
      .selectFrom('notification_resends')
      .selectAll()
      .where('application_id', '=', applicationId)
      .execute(),
    urls: await db
      .selectFrom('notification_urls')
      .selectAll()
      .where('client_id', '=', foreign.sandbox.clientId)
      .execute(),
  }
}

describe('a change from elsewhere', () => {
  const logInPath = '/api/session'
  const body = { email: 'a@b.test', password: 'x' }
  const from = (headers: Record<string, string>) =>
    new TestBrowser(center.origin).send('POST', logInPath, body, headers)

  test.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['no known origin', { origin: 'null' }],
    ['another site, as the browser tells', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('is refused: %s', async (_name, headers) => {
    expect((await from(headers)).body.code).toBe('request.foreign_origin')
  })

  test('is refused without the header that a foreign page cannot add', async () => {
    const reply = await fetch(`${center.origin}${logInPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: center.origin },
      body: JSON.stringify(body),
    })
    expect(await reply.json()).toMatchObject({ code: 'request.foreign_origin' })
  })

  test('is refused without any sign of where it comes from', async () => {
    const reply = await fetch(`${center.origin}${logInPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-slipway-console': '1' },
      body: JSON.stringify(body),
    })
    expect(await reply.json()).toMatchObject({ code: 'request.foreign_origin' })
  })
})

describe('a file', () => {
  const save = async (site?: string) => {
    const caller = callers.find(({ name }) => name === 'developer_admin')
    if (!caller) throw new Error('There is no Developer Admin.')
    const headers = site === undefined ? {} : { 'sec-fetch-site': site }
    return caller.browser.send('GET', '/api/audit/export', undefined, headers)
  }

  test.each(['cross-site', 'same-site'])('is not saved by a link of a %s page', async (site) => {
    expect((await save(site)).body.code).toBe('request.foreign_origin')
  })

  test.each(['same-origin', 'none', undefined])(
    'is saved by a link of ours, and by whoever types its address: %s',
    async (site) => {
      expect((await save(site)).status).toBe(200)
    },
  )
})

describe('a body', () => {
  const post = (body: string, type: string) =>
    new TestBrowser(center.origin).send('POST', '/api/session', body, { 'content-type': type })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json\t;x',
    'application/json ;',
    'application/json;',
    'application/jsonx',
    'application/json, text/plain',
    'application/json; charset=utf-7',
    'application/json; charset=utf-16',
    'application/vnd.api+json',
    'text/json',
    'application/json/',
    'json',
    'APPLICATION',
    'application/json; charset=utf-8; x=y',
    'application/json;charset=utf-8;charset=utf-8',
    'application/json; charset="utf-8"',
    'application/json; boundary=x',
    'application/json;;charset=utf-8',
    'application/json; charset = utf-8',
    'application/json+xml',
    'application/json-patch+json',
    'application/x-json',
    'application/javascript',
    'application/octet-stream',
    'application/xml',
    'application /json',
    'application/ json',
    'application\\json',
    '"application/json"',
    'application/json#',
    'application/json%20',
    'application',
    'image/svg+xml',
    '*/*',
  ])('of the type %s is refused', async (type) => {
    const reply = await post('{"email":"a@b.test","password":"x"}', type)
    expect(reply.status).toBe(415)
    expect(reply.body.code).toBe('request.not_json')
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'of the type %s is read',
    async (type) => {
      expect((await post('{"email":"a@b.test","password":"x"}', type)).body.code).toBe('account.wrong_credentials')
    },
  )

  test.each(['{', '[1', '{"a":1}}', '\u0000', 'nul'])('that is no JSON is refused: %j', async (text) => {
    expect((await post(text, 'application/json')).body.code).toBe('request.malformed')
  })

  test('that is nested too deep, or too large, is refused', async () => {
    expect((await post(`${'['.repeat(40)}${']'.repeat(40)}`, 'application/json')).body.code).toBe('request.malformed')
    expect((await post(`{"email":"${'x'.repeat(1_100_000)}"}`, 'application/json')).body.code).toBe('request.too_large')
  })

  test('of very many values is refused like any other', async () => {
    const many = await post(`[${'0,'.repeat(400_000)}0]`, 'application/json')
    expect(many.body.code).toBe('request.invalid')
    const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 1]))
    expect((await post(JSON.stringify(keys), 'application/json')).body.fields?.length).toBeLessThan(200)
  })

  test('that would change the prototype of objects changes nothing', async () => {
    const reply = await post('{"__proto__":{"admin":true},"email":"a@b.test","password":"x"}', 'application/json')
    expect(reply.status).not.toBe(500)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})

test('an address that cannot be read is refused with the headers of every answer', async () => {
  for (const path of ['/api/%zz', '/aps/api/v1/%zz']) {
    const reply = await fetch(`${center.origin}${path}`)
    expect(reply.status).toBe(400)
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await reply.json()).toMatchObject({ code: 'request.malformed', requestId: expect.any(String) })
  }
})

test('what cannot be in a text is refused, not handed to the database', async () => {
  const params = { applicationId: foreign.application.id }
  for (const query of ['search=%00', 'cursor=%00', 'cursor=x']) {
    const reply = await foreign.developer.send('GET', `/api/applications/${params.applicationId}/exchanges?${query}`)
    expect(reply.body.code).toBe('request.invalid')
  }
})

describe('every answer', () => {
  test.each([
    ['GET', '/api/site', 200],
    ['GET', '/api/me', 401],
    ['GET', '/api/nothing', 404],
    ['GET', '/health/live', 200],
    ['GET', '/health/ready', 200],
    ['POST', '/aps/api/v1/payments/pay', 200],
  ])('%s %s (%i) carries the security headers and a request id', async (method, path, status) => {
    const reply = await new TestBrowser(center.origin).send(method, path, method === 'POST' ? {} : undefined)
    expect(reply.status).toBe(status)
    expectSecurityHeaders(reply)
    if (status >= 400) expect(reply.body.requestId).toBe(reply.headers.get('x-request-id'))
  })

  test.each([
    ['too large a body', 413, 'request.too_large', { body: 'x'.repeat(1_000_001) }],
    ['too long an address', 414, 'request.url_too_long', { path: `/api/site?${'x'.repeat(8200)}` }],
    ['a body that is no JSON', 415, 'request.not_json', { body: 'a=1', type: 'text/plain' }],
    ['a wrong value', 422, 'request.invalid', { body: '{}' }],
  ])('to %s carries them too (%i)', async (_what, status, code, { path = '/api/session', body, type }: Odd) => {
    const method = body === undefined ? 'GET' : 'POST'
    const headers = body === undefined ? {} : { 'content-type': type ?? 'application/json' }
    const reply = await new TestBrowser(center.origin).send(method, path, body, headers)
    expect(reply.status).toBe(status)
    expect(reply.body.code).toBe(code)
    expectSecurityHeaders(reply)
  })
})

type Odd = { path?: string; body?: string; type?: string }

function expectSecurityHeaders(reply: Reply): void {
  expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'/)
  expect(reply.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(reply.headers.get('access-control-allow-origin')).toBeNull()
}
