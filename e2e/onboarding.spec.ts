import { PARTNER_ROLES, permissionsOf, permissionTitle } from '../rules/roles.ts'
import { activate, expect, linkIn, logIn, logOut, test } from './center.ts'

test('from the first staff account to an application that is ready to be called', async ({ page, center }) => {
  await test.step('the first staff account comes from a command', async () => {
    await activate(page, center.addStaff('sofia@network.test', 'Sofia'))
    await logIn(page, 'sofia@network.test')
    await expect(page.getByRole('heading', { level: 1, name: 'Partners' })).toBeVisible()
  })

  await test.step('staff open a partner', async () => {
    await page.getByRole('link', { name: 'Open Partner' }).first().click()
    await page.getByLabel('Partner name').fill('Northwind')
    await page.getByRole('checkbox', { name: 'Acquiring Partner' }).check()
    const addresses = page.getByRole('combobox', { name: 'NDA addresses' })
    for (const address of ['ada@northwind.test', 'ben@northwind.test']) {
      await addresses.fill(address)
      await addresses.press('Enter')
    }
    await page.getByRole('button', { name: 'Open Partner' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Northwind' })).toBeVisible()
  })

  await test.step('an address that did not sign the NDA is refused at its field', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Eve')
    await page.getByLabel('E-mail').fill('eve@elsewhere.test')
    await page.getByRole('checkbox', { name: 'Developer Admin' }).check()
    await page.getByRole('button', { name: 'Open Account' }).click()
    await expect(page.getByText('This address did not sign the NDA')).toBeVisible()
  })

  await test.step('staff open two accounts, one with two roles', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Ada')
    await page.getByLabel('E-mail').fill('ADA@northwind.test')
    await page.getByRole('button', { name: 'Open Account' }).click()
    await expect(page.getByRole('cell', { name: 'Ada', exact: true })).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill('Ben')
    await page.getByLabel('E-mail').fill('ben@northwind.test')
    await page.getByRole('checkbox', { name: 'Developer', exact: true }).check()
    await page.getByRole('checkbox', { name: 'Merchant Onboarding' }).check()
    await page.getByRole('button', { name: 'Open Account' }).click()
    await expect(page.getByRole('cell', { name: 'Ben', exact: true })).toBeVisible()
    await expect(page.getByText('Invitation sent')).toHaveCount(2)
  })

  await test.step('staff agree fees with the partner for one product; more than the whole is refused at its field', async () => {
    const panel = page.getByRole('region', { name: 'Contract fees' })
    const row = panel.getByRole('row', { name: /^Cashier Payment/ })
    await expect(row).toContainText('Default')
    await panel.getByRole('button', { name: 'Change the fees of Cashier Payment' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Interchange, in basis points').fill('9990')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByText('Both together come to 10,000 at most.')).toBeVisible()
    await dialog.getByLabel('Interchange, in basis points').fill('150')
    await dialog.getByLabel('Service fee, in basis points').fill('0')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(row).toContainText(/1\.50%\s*150 bp.*0\.00%\s*0 bp.*Contract/)
    await expect(panel.getByText('Default', { exact: true })).toHaveCount(3)
    await panel.getByRole('button', { name: 'Change the fees of Cashier Payment' }).click()
    await dialog.getByRole('button', { name: 'Back to the default' }).click()
    await expect(panel.getByText('Default', { exact: true })).toHaveCount(4)
    await logOut(page, 'Sofia')
  })

  await test.step('the activation mail leads to a password, the password to the home page', async () => {
    await activate(page, linkIn((await center.mail.waitFor('ADA@northwind.test', /activate/)).text))
    await logIn(page, 'ada@northwind.test')
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  })

  await test.step('the role tells its permissions on hover, on focus and on tap', async () => {
    const role = PARTNER_ROLES.developer_admin.title
    const icon = page.getByRole('main').getByRole('button', { name: `Permissions of ${role}` })
    const panel = page.getByRole('list', { name: `Permissions of ${role}` })
    await icon.hover()
    for (const permission of permissionsOf(['developer_admin'])) {
      await expect(panel.getByText(permissionTitle(permission), { exact: true })).toBeVisible()
    }
    await page.mouse.move(0, 0)
    await expect(panel).toBeHidden()
    await icon.focus()
    await expect(panel).toBeVisible()
    await icon.blur()
    await expect(panel).toBeHidden()
  })

  await test.step('an application with two products, in two steps', async () => {
    await page.getByRole('main').getByRole('link', { name: 'Create Application' }).first().click()
    await page.getByLabel('Application Name').fill('Web shop')
    await page.getByLabel('Application Description').fill('Our first integration')
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page).toHaveURL(/step=2/)
    await page.goBack()
    await expect(page.getByLabel('Application Name')).toHaveValue('Web shop')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('checkbox', { name: 'Cashier Payment' }).check()
    await page.getByRole('checkbox', { name: 'User-presented Mode Payment' }).check()
    await expect(page.getByRole('link', { name: 'View Docs' })).toHaveCount(4)
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Web shop' })).toBeVisible()
    await expect(page.getByText('In Progress').first()).toBeVisible()
  })

  await test.step('the key pair is made in the browser; the private half goes to the disk and nowhere else', async () => {
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.postData() ?? ''))
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('link', { name: 'Set Your Public Key' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Make a key pair in this browser' }).click()
    const stream = await (await download).createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const privateKey = Buffer.concat(chunks).toString()
    expect(privateKey).toContain('-----BEGIN PRIVATE KEY-----')
    await page.getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText("The network's public key").first()).toBeVisible()
    await expect(page.getByRole('link', { name: 'Edit Your Public Key' })).toBeVisible()
    const secret = privateKey.split('\n')[5] ?? 'nothing'
    expect(secret.length).toBeGreaterThan(40)
    expect(sent.join('\n')).not.toContain(secret)
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    expect(stored).not.toContain(secret)
  })

  await test.step('a private key that is pasted by mistake is not sent', async () => {
    let sent = false
    page.on('request', (request) => {
      sent ||= request.method() === 'PUT'
    })
    await page.getByRole('link', { name: 'Edit Your Public Key' }).click()
    await page.getByLabel('Your public key').fill('-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----')
    await page.getByRole('button', { name: 'Submit' }).click()
    await expect(page.getByText('This is a private key. It was not sent.')).toBeVisible()
    expect(sent).toBe(false)
    await page.getByRole('link', { name: 'Cancel' }).click()
  })

  await test.step('the notification URL is checked and kept', async () => {
    const url = page.getByLabel('notifyPayment URL')
    await url.fill('http://10.0.0.5/notify')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText(/https:\/\//).first()).toBeVisible()
    await url.fill('http://127.0.0.1:9999/notify')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The URL is saved.')).toBeVisible()
    await page.reload()
    await expect(url).toHaveValue('http://127.0.0.1:9999/notify')
  })

  await test.step('the home page knows what comes next, and Log Out ends it', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click()
    await expect(page.getByText('Next step')).toHaveCount(1)
    await logOut(page, 'Ada')
    await page.goto('/applications')
    await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
  })

  await test.step('a colleague without the right sees the button with the reason', async () => {
    await activate(page, linkIn((await center.mail.waitFor('ben@northwind.test', /activate/)).text))
    await logIn(page, 'ben@northwind.test')
    const create = page.getByRole('main').getByRole('button', { name: 'Create Application' }).first()
    await expect(create).toHaveAttribute('aria-disabled', 'true')
    await create.hover()
    await expect(page.getByText(/Your roles do not include “Create applications”/).first()).toBeVisible()
  })
})
