/** Production in the console: a key that is proved in the browser, a launch that comes back once, and the confirmation. */
import { modifyApplication } from '../contract/applications.ts'
import { getLaunch } from '../contract/launch.ts'
import { insertPasses, openProduction } from '../test/launch.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { expect, logIn, test } from './center.ts'

test('an application goes live', async ({ page, another, center }) => {
  const email = 'arno@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Arno'))
  const { server, developer, application } = await integrateWith(staff, center.mail, 'launching')
  const params = { applicationId: application.id }
  const of = `/applications/${application.id}`
  const system = await openProduction()
  await center.inDatabase((db) => insertPasses(db, application.id, ['cashier']))
  await logIn(page, 'launching@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))

  await test.step('its key is made, signed with and proved in the browser; the private half goes nowhere', async () => {
    await page.goto(`${of}/production?edit=key`)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Make a key pair in this browser' }).click()
    const file = await (await download).path()
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Prove version 1' })).toBeVisible()
    await page.getByLabel('Private key file').setInputFiles(file)
    await expect(page.getByLabel('Signature')).not.toHaveValue('')
    await page.getByRole('button', { name: 'Submit the signature' }).click()
    await expect(page.getByText('Active', { exact: true })).toBeVisible()
    expect(sent.join('\n')).not.toContain('PRIVATE')
  })

  await test.step('a URL is set, and seen to answer', async () => {
    await page.getByLabel('notifyPayment URL').fill(system.url)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Answers (HTTP 405)')).toBeVisible()
  })

  await test.step('the checklist is fulfilled, and the launch is asked for', async () => {
    await page.goto(`${of}/launch`)
    await expect(page.getByText('Every line is fulfilled.')).toBeVisible()
    await page.getByRole('button', { name: 'Launch', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Launch', exact: true }).click()
    await expect(page.getByText('A solution architect looks at it.')).toBeVisible()
  })

  const desk = await another()
  await test.step('an architect returns it with a remark', async () => {
    await logIn(desk, email)
    await desk.getByRole('link', { name: 'Launch requests' }).click()
    await expect(desk.getByRole('heading', { level: 1, name: 'Launch requests' })).toBeVisible()
    await desk.getByRole('link', { name: application.name }).click()
    await desk.getByLabel('Remark on: Nothing of the sandbox is left in production').fill('Say what you sell.')
    await desk.getByRole('button', { name: 'Return with remarks' }).click()
    await expect(desk.getByText('Waiting for the partner').first()).toBeVisible()
  })

  await test.step('the partner reads it, and hands the same request back', async () => {
    await page.reload()
    await expect(page.getByText('Say what you sell.')).toBeVisible()
    await page.getByRole('button', { name: 'Hand back' }).click()
    await expect(page.getByText('A solution architect looks at it.')).toBeVisible()
  })

  await test.step('the architect confirms, and it reads Launched', async () => {
    await desk.reload()
    const confirm = desk.getByRole('button', { name: 'Confirm launch' })
    await expect(confirm).toBeEnabled()
    // The partner changes something while the page is open: it says so, and has to be looked at again.
    const body = { name: application.name, description: 'Tickets for ferries' }
    await developer.do(modifyApplication, { params, body })
    await expect(async () => {
      await desk.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
      await expect(desk.getByText('This has changed since you opened it.')).toBeVisible({ timeout: 500 })
    }).toPass()
    await expect(confirm).toBeDisabled()
    await desk.getByRole('button', { name: 'I have looked again' }).click()
    await confirm.click()
    await desk.getByRole('dialog').getByRole('button', { name: 'Confirm launch' }).click()
    await expect(desk.getByText('Confirmed', { exact: true }).first()).toBeVisible()
    await page.reload()
    await expect(page.getByText('Launched', { exact: true }).first()).toBeVisible()
    expect((await developer.do(getLaunch, { params })).status).toBe('launched')
  })

  await test.step('what would end it is refused, and says why', async () => {
    await page.goto(`${of}/production`)
    await page.getByRole('button', { name: 'Retire version 1' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retire' }).click()
    await expect(page.getByText('The last active key of a launched application must stay.')).toBeVisible()
  })

  await test.step('the UAT checklist keeps who ticked what', async () => {
    await page.goto(`${of}/uat`)
    const item = page.getByRole('checkbox', { name: 'Your own books agree with the files.' })
    await item.click()
    await expect(item).toBeChecked()
    await expect(page.getByText('Ticked by Dev')).toBeVisible()
  })
  await Promise.all([server.close(), system.close()])
})
