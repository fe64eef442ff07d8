import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/applications.ts'
import { makeTodaysReport } from '../../contract/reports.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { makeApplication, makeIntegration, makeMember, makePartner } from '../../test/make.ts'
import { whenMade } from '../../test/reports.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { TABLES } from '../db/schema.ts'
import { purgeDeleted } from './applications.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

const remove = (browser: TestBrowser, { id, name }: { id: string; name: string }) =>
  browser.do(contract.deleteApplication, { params: { applicationId: id }, body: { typedName: name } })

/** As if the deletion had been made that long ago: a session does not live for thirty days. */
const backdate = (applicationId: string, days: number) =>
  center.app.database.transact((db) =>
    db
      .updateTable('applications')
      .set((eb) => ({ deleted_at: eb('deleted_at', '-', days * DAY_MS) }))
      .where('id', '=', applicationId)
      .execute(),
  )

test('a deleted application is listed with its last day, restored with everything, and its calls are refused meanwhile', async () => {
  const { developer, application, server, sandbox } = await makeIntegration(center)
  const params = { applicationId: application.id }
  const inquire = () => server.inquire({ paymentRequestId: 'none' })
  expect((await inquire()).body.result.resultCode).toBe('ORDER_NOT_EXIST')

  await remove(developer, application)
  expect((await inquire()).body.result.resultCode).toBe('INVALID_CLIENT')
  const [item] = (await developer.do(contract.listDeletedApplications, {})).items
  expect(item).toMatchObject({ id: application.id, name: application.name, products: ['cashier'] })
  expect(Date.parse(item?.restorableUntil ?? '') - Date.parse(item?.deletedAt ?? '')).toBe(30 * DAY_MS)

  expect(await developer.do(contract.restoreApplication, { params })).toMatchObject({ id: application.id })
  expect(await developer.do(contract.getSandbox, { params })).toMatchObject({
    clientId: sandbox.clientId,
    keys: [{ version: 1 }],
    notificationUrls: expect.arrayContaining([{ api: 'notifyPayment', url: server.notifyUrl }]),
  })
  expect((await developer.do(contract.listDeletedApplications, {})).items).toEqual([])
  expect((await inquire()).body.result.resultCode).toBe('ORDER_NOT_EXIST')
  expect((await developer.call(contract.restoreApplication, { params })).body.code).toBe('thing.not_found')
  await server.close()
})

test('a name that was given to another application meanwhile stays with it', async () => {
  const admin = await makeMember(center, await makePartner(center))
  const application = await makeApplication(admin)
  await remove(admin, application)
  const { id, name, ...body } = application
  await admin.do(contract.createApplication, {
    body: { name, partnerType: body.partnerType, description: '', products: ['cashier'] },
  })
  const restored = await admin.call(contract.restoreApplication, { params: { applicationId: id } })
  expect(restored.body.code).toBe('application.name_reused')
  expect((await admin.do(contract.listDeletedApplications, {})).items.map((item) => item.id)).toEqual([id])
})

test('an organisation that is full restores nothing', async () => {
  const admin = await makeMember(center, await makePartner(center))
  const application = await makeApplication(admin)
  await remove(admin, application)
  for (let i = 0; i < 100; i++) await makeApplication(admin)
  const reply = await admin.call(contract.restoreApplication, { params: { applicationId: application.id } })
  expect(reply.body.code).toBe('application.too_many')
})

test('another organisation neither sees nor restores it', async () => {
  const application = await (async () => {
    const owner = await makeMember(center, await makePartner(center))
    const made = await makeApplication(owner)
    await remove(owner, made)
    return made
  })()
  const stranger = await makeMember(center, await makePartner(center))
  expect((await stranger.do(contract.listDeletedApplications, {})).items).toEqual([])
  const reply = await stranger.call(contract.restoreApplication, { params: { applicationId: application.id } })
  expect(reply.body.code).toBe('thing.not_found')
})

test('after thirty days it is not listed, not restored, and gone with everything under it', async () => {
  const { developer, application, server } = await makeIntegration(center)
  const kept = await makeApplication(developer)
  expect((await server.pay()).body.result.resultStatus).toBe('U')
  await developer.do(makeTodaysReport, { params: { applicationId: application.id } })
  await whenMade(developer, application.id)
  await remove(developer, application)
  await backdate(application.id, 29)
  const before = () => center.app.clock.now() - 30 * DAY_MS
  const ctx = newContext(center.app, { kind: 'system' })
  await purgeDeleted(ctx, before())
  expect((await developer.do(contract.listDeletedApplications, {})).items).toHaveLength(1)

  await backdate(application.id, 2)
  expect((await developer.do(contract.listDeletedApplications, {})).items).toEqual([])
  const params = { applicationId: application.id }
  expect((await developer.call(contract.restoreApplication, { params })).body.code).toBe('thing.not_found')
  await purgeDeleted(ctx, before())
  for (const [table, columns] of Object.entries(TABLES)) {
    if (!('application_id' in columns)) continue
    const rows = await center.app.database.reader
      .selectFrom(table as 'payments') // has the column, as was just seen
      .select('application_id')
      .where('application_id', '=', application.id)
      .execute()
    expect(rows, table).toEqual([])
  }
  expect((await developer.do(contract.listApplications, {})).items.map(({ id }) => id)).toEqual([kept.id])
  await server.close()
})
