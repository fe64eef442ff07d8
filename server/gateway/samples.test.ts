/** The calls that iTest opens with: each is taken by the gateway as it stands, once what others give is put in. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApplication, setSandboxKey } from '../../contract/applications.ts'
import { FAMILIES, families, GATEWAY_APIS } from '../../rules/interfaces.ts'
import { productIds } from '../../rules/products.ts'
import { placeholdersIn, type Own, type Sample, SAMPLES } from '../../rules/samples.ts'
import { makeMember, makePartner } from '../../test/make.ts'
import { TestPartner } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
const servers = new Map<Sample['side'], TestPartner>()
let own: Own
beforeAll(async () => {
  center = await startCenter({ config: { rateFactor: 100 } })
  for (const side of ['acquirer', 'wallet'] as const) servers.set(side, await serverOf(side))
  const paid = await callOf(sampleOf('aps/payments/pay/cashier'))
  const { paymentRequestId } = JSON.parse(paid.sent) as { paymentRequestId: string } // as the sample wrote it
  own = { ...NOTHING, paymentRequestId, paymentId: String(paid.body.paymentId) }
})
afterAll(async () => {
  for (const server of servers.values()) await server.close()
  await center.close()
})

const NOTHING: Own = {
  id: (beginning) => `${beginning}-${randomUUID()}`,
  paymentRequestId: undefined,
  paymentId: undefined,
  refundRequestId: undefined,
  returnUrl: 'https://shop.example/return',
}

async function serverOf(side: Sample['side']): Promise<TestPartner> {
  const developer = await makeMember(center, await makePartner(center, [side]), ['developer_admin'])
  const application = await developer.do(createApplication, {
    body: { name: side, partnerType: side, description: '', products: [...productIds] },
  })
  const server = await TestPartner.start(center.origin)
  const params = { applicationId: application.id }
  const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  return server
}

function sampleOf(id: string): Sample {
  const sample = SAMPLES.find((one) => one.id === id)
  if (sample === undefined) throw new Error(`There is no sample ${id}.`)
  return sample
}

async function callOf(sample: Sample) {
  const server = servers.get(sample.side)
  if (server === undefined) throw new Error('Nobody can call.')
  const body = JSON.stringify(sample.body(own ?? NOTHING), null, 2)
  const sent = placeholdersIn(body).reduce((text, word) => text.replaceAll(word, '1'.repeat(24)), body)
  const { body: answer } = await server.call(sample.api, sent, { prefix: FAMILIES[sample.family].prefixes[0] })
  return { sent, body: answer }
}

/** What the gateway says of each, in this order: what nobody gave is unknown, and everything else is taken. */
const SAID: Record<string, string> = {
  'aps/payments/pay/cashier': 'PAYMENT_IN_PROCESS',
  'aps/payments/pay/user_presented': 'INVALID_CODE',
  'aps/payments/pay/order_code': 'PAYMENT_IN_PROCESS',
  'aps/payments/pay/entry_code': 'PAYMENT_IN_PROCESS',
  'aps/payments/pay/auto_debit': 'INVALID_TOKEN',
  'aps/payments/consultPayment': 'SUCCESS',
  'aps/payments/inquiryPayment': 'SUCCESS',
  'aps/payments/cancelPayment': 'SUCCESS',
  'aps/payments/refund': 'REFUND_AMOUNT_EXCEED', // the payment has just been cancelled
  'aps/authorizations/prepare': 'SUCCESS',
  'aps/authorizations/applyToken': 'INVALID_CODE',
  'aps/authorizations/cancelToken': 'INVALID_TOKEN',
  'aps/merchants/registration': 'SUCCESS',
  'aps/merchants/inquiryRegistrationStatus': 'RECORD_NOT_FOUND',
  'aps/disputes/responseRetrieval': 'RECORD_NOT_FOUND',
  'aps/disputes/responseEscalation': 'RECORD_NOT_FOUND',
  'aps/codes/getPaymentCode': 'SUCCESS',
  'aps/payments/userInitiatedPay': 'INVALID_CODE',
  'aps/payments/notifyPayment': 'ORDER_NOT_EXIST',
  'aps/disputes/initiateRetrieval': 'ORDER_NOT_EXIST',
  'aps/disputes/initiateEscalation': 'ORDER_NOT_EXIST',
  'ams/payments/pay/cashier': 'PAYMENT_IN_PROCESS',
  'ams/payments/pay/user_presented': 'INVALID_CODE',
  'ams/payments/pay/order_code': 'PAYMENT_IN_PROCESS',
  'ams/payments/pay/entry_code': 'PAYMENT_IN_PROCESS',
  'ams/payments/pay/auto_debit': 'INVALID_TOKEN',
  'ams/payments/consult': 'SUCCESS',
  'ams/payments/inquiryPayment': 'SUCCESS',
  'ams/payments/cancel': 'SUCCESS',
  'ams/payments/refund': 'REFUND_AMOUNT_EXCEED',
  'ams/payments/inquiryRefund': 'ORDER_NOT_EXIST',
  'ams/authorizations/consult': 'SUCCESS',
  'ams/authorizations/applyToken': 'INVALID_CODE',
  'ams/authorizations/revoke': 'INVALID_TOKEN',
  'ams/merchants/registration': 'SUCCESS',
  'ams/merchants/inquiryRegistrationStatus': 'RECORD_NOT_FOUND',
}

test('every sample is taken, and there is one for every interface', async () => {
  const said: Record<string, string> = {}
  for (const sample of SAMPLES) said[sample.id] = (await callOf(sample)).body.result.resultCode
  expect(said).toEqual(SAID)
  const apis = families.flatMap((family) => GATEWAY_APIS[family].map((api) => `${family}/${api}`))
  expect(new Set(SAMPLES.map(({ family, api }) => `${family}/${api}`))).toEqual(new Set(apis))
})
