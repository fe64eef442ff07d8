import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { addProducts, deleteApplication, forwardSandboxClock } from '../../contract/applications.ts'
import { decideOrder, newPaymentCode } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration, PASSWORD } from '../../test/make.ts'
import { cashierOrder, orderKey, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { keysOf } from '../accounts/tries.ts'
import { newContext } from '../context.ts'
import { deleteOld } from './retention.ts'

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

type Table = 'exchanges' | 'notifications' | 'notification_attempts' | 'payments' | 'sessions' | 'counters' | 'outbox'
const count = async (table: Table) => {
  const { n } = await center.app.database.reader
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
const retain = () => deleteOld(newContext(center.app, { kind: 'system' }))

test('what is over is deleted by age, and payments with their ids stay', async () => {
  const order = cashierOrder()
  const { body } = await made.server.pay(order)
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  // More than one batch.
  await Promise.all(Array.from({ length: 450 }, () => made.server.inquire({ paymentId: body.paymentId })))
  await expect
    .poll(
      async () => (await center.app.database.reader.selectFrom('notifications').select('state').execute())[0]?.state,
    )
    .toBe('acknowledged')

  await retain()
  expect(await count('exchanges')).toBe(451)
  expect(await count('notifications')).toBe(1)
  expect(await count('sessions')).toBeGreaterThan(0)

  center.clock.forward(7 * 86_400 + 60)
  await retain()
  // A case was passed by this payment: what its verdict rests on stays as long as the verdict, and no repetition of it.
  expect(await count('exchanges')).toBe(3)
  expect(await count('notifications')).toBe(1)
  expect(await count('notification_attempts')).toBe(1)
  expect(await count('sessions')).toBe(0)
  await center.app.database.transact(async (db) => {
    await db.deleteFrom('acceptance_evidence').execute()
    await db.updateTable('acceptance_verdicts').set({ verdict: '{"restsOn":[]}' }).execute()
  })
  await retain()
  expect(await count('exchanges')).toBe(0)
  expect(await count('notifications')).toBe(0)
  expect(await count('notification_attempts')).toBe(0)
  expect(await count('payments')).toBe(1)
  // The id is still taken, and still answered as it was.
  expect((await made.server.pay(order)).body.result.resultCode).toBe('SUCCESS')
})

test('a browser that two people use is forgotten for the one who left it, not for the other', async () => {
  const row = { token_hash: 'shared', user_agent: null }
  const now = center.clock.now()
  await center.app.database.transact((db) =>
    db
      .insertInto('known_browsers')
      .values([
        { ...row, person_id: 'psn_old', seen_at: now - 181 * 86_400_000 },
        { ...row, person_id: 'psn_new', seen_at: now },
      ])
      .execute(),
  )
  await retain()
  const left = await center.app.database.reader
    .selectFrom('known_browsers')
    .select('person_id')
    .where('token_hash', '=', 'shared')
    .execute()
  expect(left).toEqual([{ person_id: 'psn_new' }])
})

test('work that was given up is kept for a month', async () => {
  const row = {
    topic: 'gone',
    payload: '',
    attempts: 8,
    due_at: null,
    lease_until: 0,
    last_error: 'never',
    lane: '',
    tenant: '',
  }
  await center.app.database.transact((db) =>
    db
      .insertInto('outbox')
      .values([
        { ...row, id: 'job_old', created_at: center.clock.now() - 31 * 86_400_000 },
        { ...row, id: 'job_new', created_at: center.clock.now() - 29 * 86_400_000 },
      ])
      .execute(),
  )
  await retain()
  const left = await center.app.database.reader.selectFrom('outbox').select('id').where('topic', '=', 'gone').execute()
  expect(left).toEqual([{ id: 'job_new' }])
})

test('payment codes are kept for a day, by the clock of their sandbox', async () => {
  const params = { applicationId: made.application.id }
  const codes = () => center.app.database.reader.selectFrom('payment_codes').select('code').execute()
  await made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
  await made.developer.do(addProducts, { params, body: { products: ['user_presented'] } })
  await made.developer.do(forwardSandboxClock, { params, body: { forwardSeconds: 30 * 86_400 } })
  await made.developer.do(newPaymentCode, { params: walletKey(made.sandbox.testWalletUrl) })
  await retain()
  expect(await codes()).toHaveLength(1)
  center.clock.forward(86_400 + 60)
  await retain()
  expect(await codes()).toEqual([])
})

test('a deleted application goes for good once nobody can restore it', async () => {
  const other = await makeIntegration(center, { notify: false })
  await other.server.pay()
  await other.developer.do(logIn, { body: { email: other.developer.email, password: PASSWORD } })
  const params = { applicationId: other.application.id }
  await other.developer.do(deleteApplication, { params, body: { typedName: other.application.name } })
  const left = async () => {
    const db = center.app.database.reader
    const payments = await db
      .selectFrom('payments')
      .where('application_id', '=', params.applicationId)
      .selectAll()
      .execute()
    const rows = await db.selectFrom('applications').where('id', '=', params.applicationId).selectAll().execute()
    return [rows.length, payments.length]
  }
  center.clock.forward(29 * 86_400)
  await retain()
  expect(await left()).toEqual([1, 1])
  center.clock.forward(86_400 + 3600 + 60)
  await retain()
  expect(await left()).toEqual([0, 0])
  await other.server.close()
})

test('a try to log in with an unknown address is forgotten a year later', async () => {
  const stranger = new TestBrowser(center.origin)
  const { window, inARow } = keysOf('nobody@nowhere.test', 'unknown')
  const counted = async () => {
    const rows = center.app.database.reader.selectFrom('counters').select('key').where('key', 'in', [window, inARow])
    return (await rows.execute()).map(({ key }) => key).sort()
  }
  await stranger.call(logIn, { body: { email: 'nobody@nowhere.test', password: 'not the right sentence' } })
  expect(await counted()).toEqual([inARow, window])
  center.clock.forward(364 * 86_400)
  await retain()
  expect(await counted()).toEqual([inARow])
  center.clock.forward(86_400 + 3600)
  await retain()
  expect(await counted()).toEqual([])
})
