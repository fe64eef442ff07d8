/** The relay: a token made in the console, the script saved from the page, and a notification that reaches a server on this machine. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { startScript } from '../test/listen-script.ts'
import { orderKey } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

const SCRIPT = fileURLToPath(new URL('../web/public/relay/slipway-listen.mjs', import.meta.url))

test('notifications come to the laptop of a developer, and wait while nobody listens', async ({ page, center }) => {
  const email = 'rel@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Rel'))
  const { server, application } = await integrateWith(staff, center.mail, 'relaying')
  await logIn(page, 'relaying@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.goto(`/applications/${application.id}/sandbox`)
  const panel = page.locator('#relay')

  await test.step('the notification URL is a path of the own machine', async () => {
    const field = page.getByLabel('notifyPayment URL')
    const form = page.locator('form').filter({ has: field })
    await field.fill('relay:notify')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(form.getByText(/^This is not a URL of the relay/)).toBeVisible()
    await field.fill('relay:/notify')
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The URL is saved.')).toBeVisible()
  })

  await test.step('what is sent while nobody listens waits, and the log says for whom', async () => {
    const { body } = await server.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    await expect(panel.getByText('Not connected')).toBeVisible()
    await page.goto(`/applications/${application.id}/notifications`)
    await expect(page.getByText('When somebody listens at the relay')).toBeVisible()
    await page.goto(`/applications/${application.id}/sandbox`)
  })

  const token = await test.step('the token is shown once, in a command that is whole', async () => {
    await panel.getByRole('button', { name: 'Make a token' }).click()
    await expect(panel.getByText(/shown this once/)).toBeVisible()
    const made = (await panel.locator('code').first().textContent()) ?? ''
    expect(made).toMatch(/^[\w-]{43}$/)
    await expect(panel.getByRole('figure', { name: 'Command' })).toContainText(
      `node slipway-listen.mjs --center ${center.origin} --token=${made} --forward`,
    )
    await page.reload()
    await expect(panel.getByText('Made by Dev')).toBeVisible()
    await expect(panel.getByText(made)).toHaveCount(0)
    return made
  })

  await test.step('the script is saved from the page', async () => {
    const saving = page.waitForEvent('download')
    await panel.getByRole('link', { name: 'Save slipway-listen.mjs' }).click()
    const saved = await (await saving).path()
    expect(readFileSync(saved, 'utf8')).toBe(readFileSync(SCRIPT, 'utf8'))
  })

  await test.step('it connects, and what waited comes', async () => {
    const script = startScript({ center: center.origin, token, forward: new URL(server.notifyUrl).origin })
    await expect(panel.getByText('Connected', { exact: true })).toBeVisible({ timeout: 15_000 })
    const [received] = await server.waitForNotifications(1)
    expect(received).toMatchObject({ uri: '/notify', verified: true })
    await panel.getByRole('button', { name: 'Remove the token' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the token' }).click()
    await expect(page.getByText('The token is removed.')).toBeVisible()
    expect(await script.ended).toBe(1)
  })
  await server.close()
})
