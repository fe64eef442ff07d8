import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addProducts, forwardSandboxClock, setNotificationUrl } from '../../contract/applications.ts'
import { NOTIFICATION_SAMPLES } from '../../rules/inotify.ts'
import { families } from '../../rules/interfaces.ts'
import { REGISTRATION } from '../../rules/registration.ts'
import { makeIntegration } from '../../test/make.ts'
import type { GatewayReply } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { until } from '../../test/until.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  made = await makeIntegration(center, { notify: false })
  const api = 'notifyRegistrationStatus' as const
  await made.developer.do(setNotificationUrl, { params: { ...params(), api }, body: { url: made.server.notifyUrl } })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Json = Record<string, unknown>
const params = () => ({ applicationId: made.application.id })
const forward = (forwardSeconds: number) =>
  made.developer.do(forwardSandboxClock, { params: params(), body: { forwardSeconds } })
const merchant = (change: Json = {}) => ({
  registrationRequestId: `REG-${randomUUID()}`,
  productCodes: ['CASHIER_PAYMENT'],
  merchantInfo: {
    referenceMerchantId: `M-${randomUUID().slice(0, 8)}`,
    merchantMCC: '7922',
    merchantDisplayName: 'Harbour Theatre',
  },
  ...change,
})
const register = (body: Json) => made.server.call('merchants/registration', body)
const inquire = (body: Json) => made.server.call('merchants/inquiryRegistrationStatus', body)
const codeOf = ({ body }: GatewayReply) => body.result.resultCode
const statuses = ({ body }: GatewayReply) => {
  const { registrationResult, pspRegistrationResultList: [first] = [] } = body as {
    registrationResult?: Json
    pspRegistrationResultList?: { registrationResult: Json }[]
  }
  return [registrationResult?.registrationStatus, first?.registrationResult.registrationStatus]
}

test.each(families)(
  '%s: a merchant is registered, inquired, decided by the clock of the sandbox, and told',
  async (family) => {
    const wanted = merchant()
    const { registrationRequestId, merchantInfo } = wanted
    const prefix = `/${family}/api/v1/` as const
    const call = (api: string, body: Json) => made.server.call(`merchants/${api}`, body, { prefix })
    const first = await call('registration', wanted)
    expect(first.verified).toBe(true)
    expect(codeOf(first)).toBe('SUCCESS')
    const open = await call('inquiryRegistrationStatus', { registrationRequestId })
    const { referenceMerchantId } = merchantInfo
    // What iNotify makes up is what is really told.
    const sample = NOTIFICATION_SAMPLES.find(({ id }) => id === `${family}/notifyRegistrationStatus`)
    const own = { id: () => registrationRequestId, now: () => '', paymentRequestId: undefined, paymentId: undefined }
    const { result: _, ...facts } = open.body
    expect(facts).toEqual({ ...sample?.earlier(own), referenceMerchantId })
    expect(statuses(open)).toEqual(['PROCESSING', 'PENDING'])
    await forward(REGISTRATION.decideSeconds)
    expect(statuses(await call('inquiryRegistrationStatus', { referenceMerchantId }))).toEqual([
      'COMPLETED',
      'APPROVED',
    ])
    await until(async () => {
      const told = made.server.received.find(({ body }) => body.registrationRequestId === registrationRequestId)
      expect(told).toMatchObject({ verified: true, body: { registrationResult: { registrationStatus: 'COMPLETED' } } })
      expect(told?.body).toEqual({ ...sample?.body(own), referenceMerchantId })
    })
  },
)

test('the same request again is the same; the same merchant is registered anew after half an hour only', async () => {
  const first = merchant()
  await register(first)
  expect(codeOf(await register(first))).toBe('SUCCESS')
  const again = { ...first, registrationRequestId: `REG-${randomUUID()}` }
  expect(codeOf(await register(again))).toBe('PROCESS_FAIL')
  // The refusal left nothing behind.
  expect(codeOf(await inquire({ registrationRequestId: again.registrationRequestId }))).toBe('RECORD_NOT_FOUND')
  await forward(REGISTRATION.updateSeconds)
  expect(codeOf(await register(again))).toBe('SUCCESS')
})

test('of several registrations of one merchant at the same moment one is taken', async () => {
  for (let i = 0; i < 5; i++) {
    const wanted = merchant()
    const all = Array.from({ length: 6 }, () => ({ ...wanted, registrationRequestId: `REG-${randomUUID()}` }))
    const codes = (await Promise.all(all.map(register))).map(codeOf)
    expect(codes.filter((code) => code === 'SUCCESS')).toHaveLength(1)
    expect(codes.filter((code) => code === 'PROCESS_FAIL')).toHaveLength(5)
  }
})

test('a merchant that the wallet does not want is rejected, and a store stands for itself', async () => {
  const { merchantInfo, ...rest } = merchant()
  const rejected = { ...rest, merchantInfo: { ...merchantInfo, referenceMerchantId: 'M-7-REJECTED' } }
  await register(rejected)
  await made.developer.do(addProducts, { params: params(), body: { products: ['user_presented'] } })
  const inStore = merchant({ productCodes: ['IN_STORE_PAYMENT'], storeInfo: { referenceStoreId: 'S-1' } })
  await until(async () => expect(codeOf(await register(inStore))).toBe('SUCCESS'))
  await forward(REGISTRATION.decideSeconds)
  expect(statuses(await inquire({ referenceMerchantId: 'M-7-REJECTED' }))).toEqual(['COMPLETED', 'REJECTED'])
  const { referenceMerchantId } = inStore.merchantInfo
  expect((await inquire({ referenceMerchantId, referenceStoreId: 'S-1' })).body.referenceStoreId).toBe('S-1')
  expect(codeOf(await inquire({ referenceMerchantId, referenceStoreId: 'S-2' }))).toBe('RECORD_NOT_FOUND')
})

test('what is missing is named, and a product that the application lacks is denied', async () => {
  const messageOf = async (change: Json) => (await register(merchant(change))).body.result.resultMessage
  expect(await messageOf({ productCodes: ['CARD'] })).toMatch(/^productCodes.0: must be CASHIER_PAYMENT/)
  expect(await messageOf({ productCodes: ['IN_STORE_PAYMENT'] })).toMatch(/^storeInfo: is needed/)
  expect(await messageOf({ merchantInfo: { referenceMerchantId: 'M', merchantMCC: '79' } })).toMatch(
    /^merchantInfo.merchantMCC: must be four digits/,
  )
  expect(await messageOf({ merchantInfo: { referenceMerchantId: 'M', merchantMCC: '7922' } })).toMatch(
    /^merchantInfo.merchantDisplayName: is needed/,
  )
  expect(codeOf(await register(merchant({ productCodes: ['AGREEMENT_PAYMENT'] })))).toBe('ACCESS_DENIED')
  expect(codeOf(await inquire({}))).toBe('PARAM_ILLEGAL')
})
