import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApplication, makeIntegration, makeMember, makePartner } from '../../test/make.ts'
import { type Prefix, TestPartner } from '../../test/partner.ts'
import { setSandboxKey } from '../../contract/applications.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center, { notify: false })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Json = Record<string, unknown>
const amount = (value: string) => ({ currency: 'USD', value })
const aps = (body: Json) =>
  made.server.call('payments/consultPayment', {
    paymentFactor: { isCashierPayment: true },
    env: { terminalType: 'WEB' },
    ...body,
  })
const prefix: Prefix = '/ams/api/v1/'
const ams = (body: Json) =>
  made.server.call(
    'payments/consult',
    { productCode: 'CASHIER_PAYMENT', env: { terminalType: 'WEB' }, ...body },
    { prefix },
  )
const optionIn = ({ body }: Awaited<ReturnType<typeof aps>>) => (body.paymentOptions as Json[])[0]

test.each([
  ['APS', aps],
  ['AMS', ams],
] as const)('%s: the wallet that a cashier may show, signed, and nothing is started', async (_family, consult) => {
  const answer = await consult({ paymentAmount: amount('1999') })
  expect(answer.verified).toBe(true)
  expect(answer.body).toEqual({
    result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: expect.any(String) },
    paymentOptions: [
      {
        paymentMethodType: 'CONNECT_WALLET',
        paymentMethodCategory: 'WALLET',
        enabled: true,
        preferred: false,
        logo: { logoName: 'TEST_WALLET', logoUrl: expect.stringMatching(/^http.*svg$/) },
        paymentOptionDetail: {
          paymentOptionDetailType: 'CONNECT_WALLET',
          connectWallet: {
            supportWallets: [
              {
                walletName: 'TEST_WALLET',
                walletBrandName: 'TEST_WALLET',
                walletLogo: { logoName: 'TEST_WALLET', logoUrl: expect.any(String) },
                walletRegion: 'SG',
                walletFeature: { supportCodeScan: true, supportCashierRedirection: true },
              },
            ],
          },
        },
      },
    ],
  })
})

test('says why the wallet cannot be shown: by the agreed input that pay would be refused for, or by region', async () => {
  expect(optionIn(await aps({ paymentAmount: amount('9921') }))).toMatchObject({
    enabled: false,
    disableReason: 'CURRENCY_NOT_SUPPORT',
  })
  expect(optionIn(await aps({ paymentAmount: amount('9905') }))).toMatchObject({ enabled: true })
  const elsewhere = { enabled: false, disableReason: 'UNAVAILABLE_PAYMENT_METHOD' }
  expect(optionIn(await aps({ paymentAmount: amount('1'), allowedPspRegions: ['KR', 'JP'] }))).toMatchObject(elsewhere)
  expect(optionIn(await aps({ paymentAmount: amount('1'), allowedPspRegions: ['KR', 'SG'] }))).toMatchObject({
    enabled: true,
  })
  expect(optionIn(await ams({ paymentAmount: amount('1'), allowedPaymentMethodRegions: ['KR'] }))).toMatchObject(
    elsewhere,
  )
  expect(optionIn(await ams({ paymentAmount: amount('1'), allowedPaymentMethodRegions: ['GLOBAL'] }))).toMatchObject({
    enabled: true,
  })
})

test('is for a cashier: another kind of payment, a missing amount, and an application without the product are refused', async () => {
  const resultOf = async (body: Json) => (await aps(body)).body.result
  expect(await resultOf({ paymentAmount: amount('1'), paymentFactor: { isInStorePayment: true } })).toMatchObject({
    resultCode: 'BUSINESS_NOT_SUPPORT',
  })
  expect(await resultOf({})).toMatchObject({
    resultCode: 'PARAM_ILLEGAL',
    resultMessage: expect.stringMatching(/^paymentAmount: /),
  })
  expect(await resultOf({ paymentAmount: amount('0') })).toMatchObject({ resultCode: 'PARAM_ILLEGAL' })
  const developer = await makeMember(center, await makePartner(center))
  const application = await makeApplication(developer, ['user_presented'])
  const server = await TestPartner.start(center.origin)
  const sandbox = await developer.do(setSandboxKey, {
    params: { applicationId: application.id },
    body: { publicKey: server.publicKey },
  })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  const answer = await server.call('payments/consultPayment', { paymentAmount: amount('1') })
  expect(answer.body.result.resultCode).toBe('ACCESS_DENIED')
  await server.close()
})
