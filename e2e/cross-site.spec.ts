/**
 * A hostile page in the victim's own browser, on another origin of the same site and on another site, tries every endpoint of the
 * contract in every way that a browser has. The whole database is compared before and after: nothing may have happened.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LaunchOptions, Page } from '@playwright/test'
import { listSessions, logIn as logInEndpoint, me, startReset } from '../contract/accounts.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { endpoints } from '../contract/index.ts'
import { listExchanges, listNotifications } from '../contract/log.ts'
import { inviteMembers } from '../contract/members.ts'
import playwright from '../playwright.config.ts'
import { TABLES } from '../server/db/schema.ts'
import { pathOf, TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { newPair, orderKey, walletKey } from '../test/partner.ts'
import { type Center, expect, logIn, PASSWORD, test } from './center.ts'

/** One process for all sites: what a browser may send does not depend on it, and a new process for each frame takes minutes. */
const launchOptions: LaunchOptions = {
  ...playwright.use?.launchOptions,
  args: [
    ...(playwright.use?.launchOptions?.args ?? []),
    '--disable-site-isolation-trials',
    '--disable-features=IsolateOrigins,site-per-process',
  ],
}
test.use({ launchOptions })

type Target = { name: string; method: string; path: string; body: string }
type Params = Record<string, string>

test('a hostile page changes nothing, frames nothing and reads nothing', async ({ center, browser }) => {
  test.setTimeout(600_000)
  const scene = await setScene(center)
  const evil = await openEvil()
  for (const victim of [scene.developer, scene.staff]) {
    const context = await browser.newContext({ baseURL: center.origin })
    const page = await context.newPage()
    const refused: string[] = []
    const accepted: string[] = []
    context.on('response', (response) => {
      const method = response.request().method()
      if (!response.url().startsWith(`${center.origin}/api/`) || method === 'GET' || method === 'HEAD') return
      ;(response.ok() ? accepted : refused).push(`${method} ${response.url()}`)
    })
    await logIn(page, victim)
    await expect(page.getByRole('heading', { level: 1, name: /Home|Partners/ })).toBeVisible()
    accepted.splice(0)
    const atStart = await snapshot(center)
    const targets = targetsOf(scene.params).filter(({ name }) => isStaffOnly(name) === (victim === scene.staff))
    for (const origin of evil.origins) {
      await page.goto(origin)
      for (const target of targets) await attack(page, center.origin, target)
      await openSocket(page, center.origin)
      expect(await framed(page, center.origin)).toEqual([])
    }
    expect(accepted).toEqual([])
    // Each endpoint got at least the three forms from each origin: it was the server that refused, not the browser alone.
    const changing = targets.filter(({ method }) => method !== 'GET').length
    expect(refused.length).toBeGreaterThanOrEqual(changing * 3 * evil.origins.length)
    expect(await snapshot(center), `with the session of ${victim}`).toEqual(atStart)
    await expectSeesChange(page, center)
    await context.close()
  }
  await evil.close()
  await scene.close()
})

test('GET and HEAD change nothing, whoever asks', async ({ center }) => {
  const scene = await setScene(center, 'reader')
  for (const email of [scene.developer, scene.staff]) {
    const reader = new TestBrowser(center.origin)
    await reader.do(logInEndpoint, { body: { email, password: PASSWORD } })
    const before = await snapshot(center, true)
    for (const { name, path } of targetsOf(scene.params).filter(({ method }) => method === 'GET')) {
      const { status } = await reader.send('GET', path)
      // The registry is switched off here, and says so.
      if (endpoints[name]?.needs === 'registry') expect(status, name).toBe(503)
      else expect(status, name).toBeLessThan(500)
      await reader.send('HEAD', path)
    }
    // Nor does a change disguised as one.
    for (const { path, body } of targetsOf(scene.params).filter(({ method }) => method !== 'GET'))
      for (const method of ['GET', 'HEAD'])
        await reader.send(method, `${path}?_method=POST&body=${encodeURIComponent(body)}`, undefined, {
          'x-http-method-override': 'POST',
        })
    expect(await snapshot(center, true), `as ${email}`).toEqual(before)
  }
  await scene.close()
})

/** A partner with everything that an endpoint can be pointed at, and two victims: its Developer Admin, and a member of staff. */
async function setScene(center: Center, name = 'victim') {
  const staffEmail = `${name}@network.test`
  const staff = await activated(center.origin, staffEmail, center.addStaff(staffEmail, 'Victor'))
  const { developer, application, server, sandbox } = await integrateWith(staff, center.mail, name)
  const { body } = await server.pay()
  const paid = await server.pay()
  await server.cancel({ paymentRequestId: String(paid.body.paymentRequestId ?? 'none') })
  const email = `${name}@partner.test`
  const partnerId = (await developer.do(me, {})).partner?.id ?? ''
  const { invitations } = await developer.do(inviteMembers, {
    body: { emails: [`colleague-of-${email}`], roles: ['developer'] },
  })
  await center.mail.waitFor(`colleague-of-${email}`, /invites you/)
  const params = { applicationId: application.id }
  const { items } = await developer.do(listExchanges, { params, query: {} })
  const { items: told } = await developer.do(listNotifications, { params, query: {} })
  const { sessions, browsers } = await developer.do(listSessions, {})
  await new TestBrowser(center.origin).do(startReset, { body: { email } })
  await center.mail.waitFor(email, /code/)
  const { paymentId, secret } = orderKey(body)
  const ids: Params = {
    ...params,
    partnerId,
    personId: (await developer.do(me, {})).person.id,
    invitationId: invitations[0]?.id ?? '',
    exchangeId: items[0]?.id ?? '',
    notificationId: told[0]?.id ?? `ntf_${'0'.repeat(32)}`,
    sessionId: sessions[0]?.id ?? '',
    browserId: browsers[0]?.id ?? '',
    productId: 'cashier',
    api: 'notifyPayment',
    paymentId,
    secret,
    walletSecret: walletKey(sandbox.testWalletUrl).secret,
    applicationName: application.name,
    publicKey: newPair().publicKey,
    email,
  }
  return { developer: email, staff: staffEmail, params: ids, close: () => server.close() }
}

/** Every endpoint with the ids of the victim's own things, and a body that the console would be allowed to send. */
function targetsOf(params: Params): Target[] {
  return Object.entries(endpoints).map(([name, endpoint]) => ({
    name,
    method: endpoint.method,
    path: `/api${pathOf(endpoint.path, paramsOf(endpoint, params))}${name === 'colleaguesWhoMay' ? '?permission=member.manage' : ''}`,
    body: JSON.stringify(bodyOf(name, params)),
  }))
}

const isStaffOnly = (name: string) => endpoints[name]?.needs.startsWith('staff.') === true

const paramsOf = ({ path }: Endpoint, params: Params): Params =>
  path.startsWith('/wallet/:secret') ? { ...params, secret: params.walletSecret ?? '' } : params

function bodyOf(name: string, { partnerId, applicationName, email, publicKey }: Params): unknown {
  const token = 'x'.repeat(43)
  const roles = ['developer_admin']
  const account = { name: 'Eve', email: 'eve@evil.test' }
  const bodies: Record<string, unknown> = {
    activate: { token, password: PASSWORD },
    acceptInvitation: { token, password: PASSWORD, name: 'Eve' },
    addProducts: { products: ['user_presented'] },
    changePassword: { currentPassword: PASSWORD, newPassword: 'the sentence that eve would choose' },
    checkActivation: { token },
    checkInvitation: { token },
    checkStartup: { token },
    createApplication: { name: 'Of Eve', partnerType: 'acquirer', description: '', products: ['cashier'] },
    decideOrder: { decision: 'pay' },
    deleteApplication: { typedName: applicationName },
    finishReset: { password: 'the sentence that eve would choose' },
    forwardSandboxClock: { forwardSeconds: 60 },
    inviteMembers: { emails: [account.email], roles },
    logIn: { email, password: PASSWORD },
    modifyApplication: { name: 'Of Eve', description: '' },
    openAccount: { ...account, email, roles },
    openPartner: { name: 'Evil', partnerTypes: ['acquirer'], standing: 'contract', ndaAddresses: [account.email] },
    proveSession: { password: PASSWORD },
    setMemberRoles: { roles: ['developer'] },
    setNotificationUrl: { url: 'http://127.0.0.1:9/' },
    setSandboxKey: { publicKey },
    startReset: { email },
    startUp: { token, ...account, password: PASSWORD },
    switchOrganisation: { partnerId },
    verifyResetCode: { code: '000000' },
  }
  return bodies[name] ?? {}
}

/** Two names of this machine: with the same one the browser sends the victim's cookies along, because ports make no site. */
async function openEvil() {
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Win a prize</title><body></body>')
  })
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`],
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

/** Everything that a page can try against one address. Whatever the browser itself forbids counts as tried. */
async function attack(page: Page, origin: string, target: Target): Promise<void> {
  await page.evaluate(
    async ({ url, method, body }) => {
      const tried = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined)
      const done = (element: HTMLElement) =>
        new Promise((resolve) => {
          element.addEventListener('load', resolve)
          element.addEventListener('error', resolve)
        })
      const shown = <E extends HTMLElement>(element: E): E => document.body.appendChild(element)
      const image = document.createElement('img')
      const prefetch = Object.assign(document.createElement('link'), { rel: 'prefetch', href: url })
      const seen = [done(shown(image))]
      image.src = url
      shown(prefetch)
      const json = { 'content-type': 'application/json', 'x-slipway-console': '1' }
      const payload = method === 'GET' ? {} : { body }
      await Promise.all([
        ...seen,
        tried(fetch(url, { method, ...payload, headers: json, credentials: 'include' })),
        tried(fetch(url, { method: 'HEAD', mode: 'no-cors', credentials: 'include' })),
        tried(fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body })),
        tried(fetch(url, { method: 'POST', credentials: 'include', body, headers: { 'content-type': 'text/plain' } })),
      ])
      if (method === 'GET') return
      navigator.sendBeacon(url, new Blob([body], { type: 'text/plain' }))
      for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
        const frame = document.createElement('iframe')
        frame.name = `into-${Math.random()}`
        shown(frame)
        const form = Object.assign(document.createElement('form'), {
          method: 'post',
          action: url,
          enctype,
          target: frame.name,
        })
        // As text/plain, name=value is the JSON itself with one field more.
        const name = body === '{}' ? '{"x":"' : `${body.slice(0, -1)},"x":"`
        form.append(Object.assign(document.createElement('input'), { name, value: '"}' }))
        shown(form)
        const answered = done(frame)
        form.submit()
        await answered
      }
      document.body.replaceChildren()
    },
    { url: `${origin}${target.path}`, method: target.method, body: target.body },
  )
}

/** A handshake is a GET that no policy holds back. Few, because the browser makes a page that fails at it wait. */
async function openSocket(page: Page, origin: string): Promise<void> {
  for (const path of ['/api/session', '/api/me', '/']) {
    const outcome = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const socket = new WebSocket(url)
          socket.addEventListener('open', () => resolve('open'))
          socket.addEventListener('close', () => resolve('closed'))
        }),
      `${origin.replace(/^http/, 'ws')}${path}`,
    )
    expect(outcome, path).toBe('closed')
  }
}

/** The pages that could be shown within a hostile one. */
async function framed(page: Page, origin: string): Promise<string[]> {
  const shown: string[] = []
  for (const path of ['/', '/login', '/applications/new', '/docs/', '/api/site', '/health/live']) {
    await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe')
          frame.addEventListener('load', resolve)
          frame.src = src
          document.body.replaceChildren(frame)
        }),
      `${origin}${path}`,
    )
    shown.push(...page.frames().flatMap((frame) => (frame.url().startsWith(origin) ? [frame.url()] : [])))
  }
  return shown
}

/** Every table, row by row. What a log-in that we see ourselves leaves behind, and what a mere look leaves, is not compared. */
const DERIVED = [
  'audit_heads',
  'counters',
  'acceptance_verdicts',
  'acceptance_evidence',
  'acceptance_marks',
  'center_keys',
  // Made by the clock, whoever looks.
  ...['report_marks', 'report_runs', 'report_drafts', 'report_files', 'report_parts', 'report_sums'],
]

async function snapshot(center: Center, isExportTold = false): Promise<Record<string, string[]>> {
  const ignored: Record<string, string[]> = { sessions: ['seen_at'] }
  const kept = (table: string, row: Record<string, unknown>) =>
    JSON.stringify(
      Object.entries(row).flatMap(([name, value]) => (ignored[table]?.includes(name) ? [] : [name, `${value}`])),
    )
  await expect.poll(() => readAll(center).then(({ outbox }) => outbox.length), { timeout: 30_000 }).toBe(0)
  // The audit log tells of refusals, and of who has exported it: that is what it is for. Its heads follow its entries. Verdicts follow
  // from what was recorded, and the center's own keys are made once: it makes no difference who looks first. A ration
  // that is used up is none either.
  const told = (table: string, row: Record<string, unknown>) =>
    DERIVED.includes(table) || row.action === 'permission.refuse' || (isExportTold && row.action === 'audit.export')
  const tables = Object.entries(await readAll(center))
  return Object.fromEntries(
    tables.map(([table, rows]) => [
      table,
      rows
        .filter((row) => !told(table, row))
        .map((row) => kept(table, row))
        .sort(),
    ]),
  )
}

type Rows = Record<string, unknown>[]
const tableNames = Object.keys(TABLES) as (keyof typeof TABLES)[] // keys of a constant

function readAll(center: Center): Promise<Record<keyof typeof TABLES, Rows>> {
  return center.inDatabase(async (db) => {
    const found: [string, Rows][] = []
    for (const table of tableNames) found.push([table, (await db.selectFrom(table).selectAll().execute()) as Rows]) // any table
    return Object.fromEntries(found) as Record<keyof typeof TABLES, Rows> // one entry for each
  })
}

/** The same browser on our own page does change something: the comparison is not blind. */
async function expectSeesChange(page: Page, center: Center): Promise<void> {
  const before = await snapshot(center)
  await page.goto(center.origin)
  const status = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-slipway-console': '1' }
    return (await fetch('/api/session', { method: 'DELETE', headers })).status
  })
  expect(status).toBe(200)
  expect(await snapshot(center)).not.toEqual(before)
}
