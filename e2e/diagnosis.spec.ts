/** Auto Diagnosis: ten faults are planted, and the page names each. */
import { setNotificationUrl } from '../contract/applications.ts'
import { startMock } from '../contract/mocks.ts'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { cashierOrder, type GatewayReply, orderKey } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

const MOCKED = { loadmode: '2', markuid: '0A', instmock: 'O' }

test('Auto Diagnosis names each of ten planted faults', async ({ page, center }) => {
  const email = 'dia@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Dia'))
  const { server, developer, application } = await integrateWith(staff, center.mail, 'diagnosed')
  const params = { applicationId: application.id }
  const usd = (value: string) => ({ paymentAmount: { currency: 'USD', value } })
  const traceOf = ({ headers }: GatewayReply) => String(headers.get('tracerid'))
  const paidOff = async () => {
    const reply = await server.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(reply.body), body: { decision: 'pay' } })
    return traceOf(reply)
  }
  const order = cashierOrder()
  await server.pay(order)
  const uri = '/aps/api/v1/payments/pay'
  const time = new Date(Date.now() - 7_200_000).toISOString()
  const slow = JSON.stringify(cashierOrder())
  const signature = encodeURIComponent(server.sign(`POST ${uri}\n${server.clientId}.${time}.${slow}`))
  const late = { 'request-time': time, signature: `algorithm=RSA256,keyVersion=1,signature=${signature}` }

  const planted: [trace: string, said: RegExp][] = [
    [traceOf(await server.pay({}, { body: '{"changed":true}' })), /does not verify/],
    [traceOf(await server.pay(usd('-5'))), /paymentAmount\.value/],
    [traceOf(await server.pay({ ...order, ...usd('77') })), /paymentAmount/],
    [traceOf(await server.inquire({ paymentRequestId: 'unheard-of' })), /ORDER_NOT_EXIST/],
    [traceOf(await server.call('payments/nothing', {})), /There is no such interface/],
    [traceOf(await server.pay({}, { keyVersion: '7' })), /names another key version.+version 1/],
    [
      traceOf(await server.call('payments/pay', slow, { headers: late })),
      /far from the time of the call\. By 120 minutes/,
    ],
    [traceOf(await server.pay(usd('9901'))), /agreed input.+9901/],
  ]
  server.acknowledge = (_received, response) => void response.writeHead(500).end()
  planted.push([await paidOff(), /not acknowledged\. The HTTP status was not 200/])
  await developer.do(setNotificationUrl, { params: { ...params, api: 'notifyPayment' }, body: { url: null } })
  planted.push([await paidOff(), /told to nobody/])
  const rule = { api: 'payments/pay', field: null, value: null, resultCode: 'RISK_REJECT' as const }
  await developer.do(startMock, { params, body: { mode: 'basic', minutes: 30, rules: [rule] } })
  planted.push([traceOf(await server.pay({}, { headers: MOCKED })), /iMock gave the answer/])

  await logIn(page, 'diagnosed@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.goto(`/applications/${application.id}/requests`)
  await page.getByRole('link', { name: 'Auto Diagnosis' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Auto Diagnosis' })).toBeVisible()
  for (const [trace, said] of planted) {
    await page.getByLabel('Search', { exact: true }).fill(trace)
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1)
    await expect(page.getByRole('main').getByText(said).first()).toBeVisible()
  }
  await page.getByLabel('Search', { exact: true }).fill('nothing-like-this')
  await expect(page.getByText('No call found')).toBeVisible()
  await server.close()
})
