/** The inbox: for who has no server yet. Set by one click, read, verified, answered, sent on, and edited. */
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { orderKey } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

test('notifications are kept for a partner without a server, and sent to it when there is one', async ({
  page,
  center,
}) => {
  const email = 'inbo@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Inbo'))
  const { server, application } = await integrateWith(staff, center.mail, 'keeping')
  const of = `/applications/${application.id}`
  await logIn(page, 'keeping@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const pay = async () => {
    const { body } = await server.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    return String(body.paymentId)
  }

  await test.step('one click sets the inbox where no URL is set', async () => {
    await page.goto(`${of}/sandbox`)
    const field = page.getByLabel('notifyPayment URL')
    const form = page.locator('form').filter({ has: field })
    await form.getByRole('button', { name: 'Clear' }).click()
    await expect(field).toHaveValue('')
    const keep = page.getByRole('button', { name: 'Keep them in the inbox' })
    for (const empty of ['notifications', 'inbox']) {
      await page.goto(`${of}/${empty}`)
      await expect(keep).toBeVisible()
    }
    await page.goto(`${of}/sandbox`)
    await keep.click()
    await expect(field).toHaveValue('inbox:/notify')
    await expect(keep).toHaveCount(0)
    await page.getByRole('link', { name: 'Open the inbox' }).click()
    await expect(page.getByText('Nothing in the inbox yet')).toBeVisible()
  })

  const list = page.getByRole('table', { name: 'Kept calls' })
  const panel = page.getByRole('region', { name: /^Kept call/ })
  await test.step('a notification comes in by itself', async () => {
    const paymentId = await pay()
    await expect(list.getByText('notifyPayment')).toBeVisible()
    await list.getByRole('link').first().click()
    await expect(panel.getByText(paymentId).first()).toBeVisible()
    await expect(panel.getByText('Kept in the inbox')).toBeVisible()
    await expect(panel.getByRole('figure', { name: 'Whole request' })).toContainText('POST /notify HTTP/1.1')
  })

  await test.step('its signature is verified in the page, step by step', async () => {
    await panel.getByRole('tab', { name: 'Signature' }).click()
    await expect(page).toHaveURL(/tab=signature/)
    await expect(panel.getByText(/^The signature verifies/)).toBeVisible()
    await expect(panel.getByRole('figure', { name: 'The string that was signed' })).toContainText('POST /notify')
  })

  await test.step('the answer is a program with the own values', async () => {
    await panel.getByRole('tab', { name: 'Answer' }).click()
    await panel.getByRole('tab', { name: 'Node' }).click()
    await expect(panel.getByRole('figure', { name: 'Node' })).toContainText(server.clientId)
  })

  await test.step('edited, it goes through iNotify', async () => {
    await panel.getByRole('tab', { name: 'Send' }).click()
    await panel.getByRole('link', { name: 'Open this body in iNotify' }).click()
    await expect(page.getByText('Filled with the body of a call from the inbox')).toBeVisible()
    const body = page.getByLabel('Body', { exact: true })
    await expect(body).toHaveValue(/"paymentResult"/)
    await body.fill('{"paymentRequestId":"edited"}')
    await page.getByRole('radio', { name: 'With a wrong signature' }).check()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('link', { name: 'Open it there' }).click()
    await list.getByRole('link').first().click()
    await panel.getByRole('tab', { name: 'Signature' }).click()
    await expect(panel.getByText(/^The signature does not verify/)).toBeVisible()
  })

  await test.step('sent to the server that there is now, it is acknowledged', async () => {
    await page.goto(`${of}/inbox?api=notifyPayment`)
    await list.getByRole('link').last().click()
    await panel.getByRole('tab', { name: 'Send' }).click()
    await panel.getByRole('button', { name: 'Send now' }).click()
    await expect(panel.getByText('Enter the URL of your server.')).toBeVisible()
    await panel.getByLabel('URL of your server').fill('inbox:/again')
    await panel.getByRole('button', { name: 'Send now' }).click()
    await expect(panel.getByText(/^This URL leads to the inbox again/)).toBeVisible()
    await panel.getByLabel('URL of your server').fill(server.notifyUrl)
    await panel.getByRole('button', { name: 'Send now' }).click()
    await panel.getByRole('link', { name: 'Open it in the notification log' }).click()
    await expect(page.getByRole('table').getByText('Acknowledged')).toBeVisible()
    expect(server.received).toMatchObject([{ verified: true }])
  })
  await server.close()
})
