import { afterEach, describe, expect, test } from 'vitest'
import { listSessions, logIn } from '../../contract/accounts.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeMember, makePartner, PASSWORD } from '../../test/make.ts'
import { type Center, type CenterOptions, startCenter } from '../../test/start.ts'
import { addressKey } from './rations.ts'

let center: Center
const open = async (config: CenterOptions['config']) => {
  center = await startCenter({ config: config ?? {} })
  return center
}
afterEach(() => center.close())

/** Logs in with these forwarded addresses, and reads which one the center believed. */
async function believed(forwarded: string): Promise<string | undefined> {
  const member = await makeMember(center, await makePartner(center))
  const browser = new TestBrowser(center.origin)
  const body = { email: member.email, password: PASSWORD }
  await browser.send(logIn.method, '/api/session', body, { 'x-forwarded-for': forwarded })
  const { sessions } = await browser.do(listSessions, {})
  return sessions.find(({ current }) => current)?.address
}

describe('the address of a caller', () => {
  test('is the one of the connection where no proxy is trusted, whatever the header says', async () => {
    await open({})
    expect(await believed('203.0.113.9')).toBe('127.0.0.1')
  })

  test('is the rightmost one that no trusted proxy has', async () => {
    await open({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'] })
    expect(await believed('203.0.113.9')).toBe('203.0.113.9')
    expect(await believed('198.51.100.7, 203.0.113.9, 10.1.2.3')).toBe('203.0.113.9')
    expect(await believed('127.0.0.1, 203.0.113.9')).toBe('203.0.113.9')
  })

  test('cannot be changed to get around a ration', async () => {
    await open({ rateFactor: 1 })
    const ask = (i: number) =>
      new TestBrowser(center.origin).send('GET', '/api/site', undefined, { 'x-forwarded-for': `203.0.113.${i % 250}` })
    const replies = await Promise.all(Array.from({ length: 200 }, (_, i) => ask(i)))
    expect(replies.filter(({ status }) => status === 429).length).toBeGreaterThan(60)
  })
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
])('%s is counted as %s', async (address, key) => {
  await open({})
  expect(addressKey(address)).toBe(key)
})

test("the network's logo is served as what it is, and cannot run anything", async () => {
  const body = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  await open({
    network: {
      name: 'N',
      supportMailbox: 's@n.test',
      architectsContact: 'a@n.test',
      logo: { type: 'image/svg+xml', body },
    },
  })
  const reply = await fetch(`${center.origin}/logo`)
  expect(reply.headers.get('content-type')).toBe('image/svg+xml')
  expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await reply.text()).toBe(body.toString())
})
