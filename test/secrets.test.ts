/** A search that finds nothing proves something only if it would have found it. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApplication } from '../contract/applications.ts'
import { makeIntegration, makeMember, makePartner } from './make.ts'
import { plant, plantFromMail, secretsIn } from './secrets.ts'
import { type Center, startCenter } from './start.ts'

let center: Center | undefined
beforeEach(async () => {
  center = await startCenter()
})
afterEach(() => center?.close())

/** Closes the center, which ends with the search. */
async function whatClosingFinds(): Promise<string> {
  const closing = center
  center = undefined
  return (closing as Center).close().then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

const newSecret = (kind: string) => {
  const secret = `secret ${randomUUID()}`
  plant(kind, secret)
  return secret
}

test('a secret in a log line is found, at any level and at any depth', async () => {
  const secret = newSecret('planted by the log test')
  center?.app.log.debug({ request: { headers: [{ cookie: `a=${secret}; b=c` }] } }, 'asked')
  expect(await whatClosingFinds()).toBe('Secrets where none may be: planted by the log test in the log')
})

test('a secret in a column of text is found', async () => {
  const secret = newSecret('planted by the table test')
  const row = { token_hash: `hash of ${secret}`, id: 'first', expires_at: 0 }
  await center?.app.database.transact((db) => db.insertInto('startup_links').values(row).execute())
  expect(await whatClosingFinds()).toBe('Secrets where none may be: planted by the table test in startup_links')
})

test('a secret in a column of bytes is found', async () => {
  const { server } = await makeIntegration(center as Center, { notify: false }) // begun above
  const secret = newSecret('planted by the bytes test')
  await server.call('payments/pay', { order: { orderDescription: secret } }) // in the kept body, and in no other column
  await server.close()
  expect(await whatClosingFinds()).toMatch(/planted by the bytes test in exchange/)
})

test('a secret in an answer is found when it is given', async () => {
  const developer = await makeMember(center as Center, await makePartner(center as Center)) // begun above
  const body = { name: 'Shop', partnerType: 'acquirer' as const, description: '', products: ['cashier' as const] }
  const description = newSecret('planted by the answer test')
  await expect(developer.do(createApplication, { body: { ...body, description } })).rejects.toThrow(
    'POST /api/applications answered with a secret: planted by the answer test',
  )
  expect(await whatClosingFinds()).toContain('planted by the answer test in applications')
})

test('what is mailed in a link, set as a cookie or typed as a password is a secret from then on', async () => {
  const token = 'x'.repeat(21) + randomUUID().replaceAll('-', '').slice(0, 22)
  plantFromMail(`Hello,\n\nhttp://127.0.0.1/activate#${token}\n`)
  expect(secretsIn(`{"url":"/activate#${token}"}`)).toEqual(['token of a link'])
  const member = await makeMember(center as Center, await makePartner(center as Center)) // begun above
  for (const [name, value] of member.cookies) expect(secretsIn(`cookie=${value}`)).toEqual([`cookie ${name}`])
  expect(secretsIn('a sentence that is long enough')).toEqual(['password'])
  expect(secretsIn('an innocent line of a log')).toEqual([])
})
