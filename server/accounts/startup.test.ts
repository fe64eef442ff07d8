import { expect, test } from 'vitest'
import { checkStartup, logIn, me, startUp } from '../../contract/accounts.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeStaff, PASSWORD } from '../../test/make.ts'
import { startCenter } from '../../test/start.ts'
import { newStartupLink } from './startup.ts'

const first = { name: 'First', email: 'first@network.test', password: PASSWORD }

test('the first staff account comes from a link that works once and while there is no staff', async () => {
  const center = await startCenter()
  const link = (await newStartupLink(center.app)) ?? ''
  expect(link).toMatch(new RegExp(`^${center.origin}/start#[A-Za-z0-9_-]{43}$`))
  // Another node, or a second start: the link that was printed stays the one.
  expect(await newStartupLink(center.app)).toBeUndefined()

  const token = new URL(link).hash.slice(1)
  const browser = new TestBrowser(center.origin)
  const other = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`
  expect((await browser.call(startUp, { body: { ...first, token: other } })).body.code).toBe('startup.unknown')
  expect((await browser.call(startUp, { body: { ...first, token, password: 'short' } })).body.code).toBe(
    'account.password_too_short',
  )
  await browser.do(checkStartup, { body: { token } })
  const both = await Promise.all(
    ['one', 'two'].map((name) =>
      new TestBrowser(center.origin).call(startUp, { body: { ...first, email: `${name}@network.test`, token } }),
    ),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
  const email = both.find(({ status }) => status === 200)?.body.email ?? ''
  await browser.do(logIn, { body: { email, password: PASSWORD } })
  expect(await browser.do(me, {})).toMatchObject({ staffRole: 'operator_admin' })
  expect(await newStartupLink(center.app)).toBeUndefined()
  expect(center.logLines.join('')).not.toContain(token)
  await center.close()
})

test('a link ends after a day, and the next start prints another', async () => {
  const center = await startCenter()
  const link = (await newStartupLink(center.app)) ?? ''
  center.clock.forward(24 * 3600 + 1)
  const browser = new TestBrowser(center.origin)
  expect((await browser.call(checkStartup, { body: { token: new URL(link).hash.slice(1) } })).status).toBe(410)
  expect(await newStartupLink(center.app)).not.toBe(link)
  await center.close()
})

test('a link is void once staff came from the command line', async () => {
  const center = await startCenter()
  const token = new URL((await newStartupLink(center.app)) ?? '').hash.slice(1)
  await makeStaff(center)
  const browser = new TestBrowser(center.origin)
  expect((await browser.call(startUp, { body: { ...first, token } })).body.code).toBe('startup.unknown')
  await center.close()
})
