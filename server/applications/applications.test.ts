import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/applications.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { type MadePartner, makeApplication, makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let partner: MadePartner
let admin: TestBrowser
beforeAll(async () => {
  center = await startCenter()
  partner = await makePartner(center)
  admin = await makeMember(center, partner)
})
afterAll(() => center.close())

const body = (change: object = {}) => ({
  name: 'Shop',
  partnerType: 'acquirer' as const,
  description: 'First line\nsecond line',
  products: ['cashier' as const, 'user_presented' as const],
  ...change,
})

describe('create', () => {
  test('makes the application with its products, and its sandbox at once', async () => {
    const application = await admin.do(contract.createApplication, { body: body() })
    expect(application).toMatchObject({
      name: 'Shop',
      description: 'First line\nsecond line',
      status: 'in_progress',
      products: [{ id: 'cashier', status: 'in_progress' }, { id: 'user_presented' }],
      facts: {
        keySet: false,
        verifiedCall: false,
        cases: { required: 29, passed: 0 },
        merchantInvited: false,
        productionReady: false,
        launched: false,
      },
      callsLastDay: 0,
    })
    const sandbox = await admin.do(contract.getSandbox, { params: { applicationId: application.id } })
    expect(sandbox.clientId).toMatch(/^SANDBOX_[A-Z0-9]{17}$/)
    expect(sandbox).toMatchObject({
      gatewayEndpoint: center.origin,
      certificationType: null,
      networkPublicKey: null,
      keys: [],
      testAcquirerId: null,
      notificationUrls: [
        ...['notifyPayment', 'initiateRetrieval', 'initiateEscalation', 'notifyRegistrationStatus'].map((api) => ({
          api,
          url: null,
        })),
      ],
    })
  })

  test('refuses a name that another application of the partner has, and allows it to another partner', async () => {
    await admin.do(contract.createApplication, { body: body({ name: 'Café' }) })
    const decomposed = await admin.call(contract.createApplication, { body: body({ name: 'CAFÉ'.normalize('NFD') }) })
    expect(decomposed.body).toMatchObject({ code: 'application.name_taken', fields: [{ path: 'name' }] })
    const other = await makeMember(center, await makePartner(center))
    expect((await other.call(contract.createApplication, { body: body({ name: 'Café' }) })).status).toBe(200)
  })

  test('refuses a partner type that is not in the contract', async () => {
    const reply = await admin.call(contract.createApplication, {
      body: body({ name: 'Wallet', partnerType: 'wallet' }),
    })
    expect(reply.body.code).toBe('application.wrong_partner_type')
  })

  test.each([
    [{ name: 'ab' }, 'name'],
    [{ name: 'x'.repeat(65) }, 'name'],
    [{ name: 'a\u202Eb\u0000c' }, 'name'],
    [{ description: 'x'.repeat(1001) }, 'description'],
    [{ products: [] }, 'products'],
    [{ products: ['cashier', 'cashier'] }, 'products'],
    [{ products: ['credit'] }, 'products.0'],
    [{ status: 'launched' }, 'status'],
    [{ partner_id: 'x' }, 'partner_id'],
  ])('names what is wrong: %j', async (change, path) => {
    const reply = await admin.send('POST', '/api/applications', body({ name: 'Wrong', ...change }))
    expect(reply.status).toBe(422)
    expect(reply.body.fields?.map((field) => field.path)).toContain(path)
  })

  test('of many at once with one name, one is made', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => admin.call(contract.createApplication, { body: body({ name: 'Racing' }) })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...new Array(9).fill(409)])
  })

  test('stops at a hundred applications', async () => {
    const busy = await makeMember(center, await makePartner(center))
    for (let i = 0; i < 100; i++) await makeApplication(busy)
    expect((await busy.call(contract.createApplication, { body: body() })).body.code).toBe('application.too_many')
  })

  test('shows a technical service provider its own two ids', async () => {
    const provider = await makeMember(center, await makePartner(center, ['technical_service_provider']))
    const { id } = await provider.do(contract.createApplication, {
      body: body({ partnerType: 'technical_service_provider' }),
    })
    const sandbox = await provider.do(contract.getSandbox, { params: { applicationId: id } })
    expect(sandbox).toMatchObject({
      participantId: null,
      testAcquirerId: expect.any(String),
      customerId: expect.any(String),
    })
  })
})

describe('modify, delete', () => {
  test('changes name and description, and nothing else', async () => {
    const { id } = await makeApplication(admin)
    const params = { applicationId: id }
    const changed = await admin.do(contract.modifyApplication, {
      params,
      body: { name: ' Renamed ', description: 'new' },
    })
    expect(changed).toMatchObject({ name: 'Renamed', description: 'new' })
    expect(
      (await admin.call(contract.modifyApplication, { params, body: { name: 'Shop', description: '' } })).body.code,
    ).toBe('application.name_taken')
    const typed = await admin.send('PATCH', `/api/applications/${id}`, {
      name: 'Again',
      description: '',
      partnerType: 'wallet',
    })
    expect(typed.body.fields).toEqual([{ path: 'partnerType', message: 'is not a field of this request' }])
  })

  test('deletes only when the name is typed, and the name is free again', async () => {
    const { id, name } = await makeApplication(admin)
    const params = { applicationId: id }
    expect(
      (await admin.call(contract.deleteApplication, { params, body: { typedName: name.toLowerCase() } })).body.code,
    ).toBe('application.name_differs')
    await admin.do(contract.deleteApplication, { params, body: { typedName: name } })
    expect((await admin.call(contract.getApplication, { params })).body.code).toBe('thing.not_found')
    expect((await admin.do(contract.listApplications, {})).items.map((item) => item.id)).not.toContain(id)
    expect((await admin.call(contract.createApplication, { body: body({ name }) })).status).toBe(200)
  })

  test('does not delete what is launched', async () => {
    const { id, name } = await makeApplication(admin)
    await center.app.database.transact((db) =>
      db.updateTable('applications').set({ status: 'launched' }).where('id', '=', id).execute(),
    )
    const reply = await admin.call(contract.deleteApplication, {
      params: { applicationId: id },
      body: { typedName: name },
    })
    expect(reply.body.code).toBe('application.launched')
  })
})

describe('products', () => {
  test('are added and removed; the last one, an absent one and a launched one are refused', async () => {
    const { id } = await makeApplication(admin)
    const params = { applicationId: id }
    const added = await admin.do(contract.addProducts, { params, body: { products: ['auto_debit', 'user_presented'] } })
    expect(added.products.map((product) => product.id).sort()).toEqual(['auto_debit', 'cashier', 'user_presented'])
    expect((await admin.call(contract.addProducts, { params, body: { products: ['cashier'] } })).body.code).toBe(
      'product.present',
    )
    const remove = (productId: 'cashier' | 'auto_debit' | 'user_presented' | 'merchant_presented') =>
      admin.call(contract.removeProduct, { params: { ...params, productId } })
    expect((await remove('merchant_presented')).body.code).toBe('product.absent')
    expect((await remove('auto_debit')).status).toBe(200)
    await center.app.database.transact((db) =>
      db
        .updateTable('application_products')
        .set({ status: 'launched' })
        .where('application_id', '=', id)
        .where('product', '=', 'cashier')
        .execute(),
    )
    expect((await remove('cashier')).body.code).toBe('product.launched')
    expect((await remove('user_presented')).status).toBe(200)
    await center.app.database.transact((db) =>
      db.updateTable('application_products').set({ status: 'in_progress' }).where('application_id', '=', id).execute(),
    )
    expect((await remove('cashier')).body.code).toBe('product.last')
  })

  test('of two removals at once the last product stays', async () => {
    const { id } = await makeApplication(admin, ['cashier', 'auto_debit'])
    const remove = (productId: 'cashier' | 'auto_debit') =>
      admin.call(contract.removeProduct, { params: { applicationId: id, productId } })
    const codes = (await Promise.all([remove('cashier'), remove('auto_debit')])).map(({ status }) => status)
    expect(codes.sort()).toEqual([200, 409])
  })
})

test('somebody who invites merchants sees names and products, and nothing else', async () => {
  const inviter = await makeMember(center, partner, ['merchant_onboarding'])
  const { items } = await inviter.do(contract.listApplicationNames, {})
  expect(items.length).toBeGreaterThan(0)
  for (const item of items) expect(Object.keys(item).sort()).toEqual(['id', 'name', 'products'])
  expect((await inviter.call(contract.listApplications, {})).body).toMatchObject({
    code: 'permission.missing',
    permission: 'View application information',
    roles: ['Developer Admin', 'Developer', 'Developer (on trial)'],
  })
})
