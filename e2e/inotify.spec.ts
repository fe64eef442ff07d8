/** iNotify: one notification in order, and the four ways in which real ones go wrong. */
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { orderKey } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

test('a notification that is made up is sent, and its reply judged', async ({ page, center }) => {
  const email = 'inga@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Inga'))
  const { server, application } = await integrateWith(staff, center.mail, 'notified')
  await logIn(page, 'notified@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.goto(`/applications/${application.id}/inotify`)
  const told = page.getByRole('region', { name: 'What became of it' })
  const right = told.getByText('As it should be', { exact: true })
  const send = async (manner: string) => {
    server.received.length = 0
    await page.getByRole('radio', { name: manner }).check()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
  }

  await test.step('once: signed, sent, acknowledged', async () => {
    await page.getByLabel('Body', { exact: true }).fill('{"paymentRequestId":"made-up-by-hand"}')
    await send('Once')
    await expect(right).toHaveCount(1)
    expect(server.received).toMatchObject([{ raw: '{"paymentRequestId":"made-up-by-hand"}', verified: true }])
  })

  await test.step('twice: the same again', async () => {
    await send('Twice')
    await expect(right).toHaveCount(2)
    expect(server.received.map(({ raw }) => raw)).toEqual(Array(2).fill('{"paymentRequestId":"made-up-by-hand"}'))
  })

  await test.step('late: only after a while', async () => {
    await page.getByRole('radio', { name: 'Late' }).check()
    await page.getByLabel('Seconds late').fill('4')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.getByText('A whole number from 5 to 600.')).toBeVisible()
    await page.getByLabel('Seconds late').fill('600')
    await send('Late')
    await expect(right).toHaveCount(1)
  })

  await test.step('out of order: what happened later comes first', async () => {
    await page.getByRole('radio', { name: 'Out of order' }).check()
    await page.getByLabel('Body that comes first').fill('{"now":2}')
    await page.getByLabel('Body that comes second').fill('{"now":1}')
    await send('Out of order')
    await expect(right).toHaveCount(2)
    expect(server.received.map(({ raw }) => raw)).toEqual(['{"now":2}', '{"now":1}'])
  })

  await test.step('with a wrong signature: whoever acknowledges it is told so', async () => {
    await send('With a wrong signature')
    await expect(told.getByText('Acknowledged although its signature was wrong')).toBeVisible()
    server.acknowledge = (_received, response) => void response.writeHead(401).end()
    await send('With a wrong signature')
    await expect(right).toHaveCount(1)
    await expect(told.getByText('Not acknowledged, as it should be')).toBeVisible()
  })

  await test.step('the notification log has it', async () => {
    await told.getByRole('link', { name: 'Open it in the notification log' }).click()
    await expect(page).toHaveURL(/notifications\?/)
    await expect(page.getByText('made up with iNotify').first()).toBeVisible()
  })

  await test.step('an answer whose signature does not verify is explained', async () => {
    server.acknowledge = (received, response) => server.acknowledgeSigned({ ...received, uri: '/notify' }, response)
    const { body } = await server.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    await page.goto(`/applications/${application.id}/notifications?search=${body.paymentId}`)
    await expect(page.getByRole('table').getByText('Waiting')).toBeVisible()
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByRole('button', { name: 'Why?' }).last().click()
    await expect(page).toHaveURL(/why=att_/)
    await expect(
      page.getByRole('region', { name: 'Signature Doctor' }).getByText('without its query').first(),
    ).toBeVisible()
  })
  await server.close()
})
