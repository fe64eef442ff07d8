import type { Page } from '@playwright/test'
import { openAccount, openPartner } from '../contract/partners.ts'
import type { TestBrowser } from '../test/browser.ts'
import { activated } from '../test/integration.ts'
import { type Center, expect, linkIn, logIn, PASSWORD, test } from './center.ts'

const main = (page: Page) => page.getByRole('navigation', { name: 'Main' })
const home = (page: Page) => page.getByRole('heading', { level: 1, name: 'Home' })
const role = (page: Page, name: string) => page.getByRole('dialog').getByRole('checkbox', { name, exact: true })
const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Save roles' })

async function openOrganisation(center: Center, staff: TestBrowser, partner: string, name: string, email: string) {
  const { id } = await staff.do(openPartner, {
    body: { name: partner, partnerTypes: ['acquirer'], standing: 'contract', ndaAddresses: [email] },
  })
  await staff.do(openAccount, { params: { partnerId: id }, body: { name, email, roles: ['developer_admin'] } })
  await activated(center.origin, email, linkIn((await center.mail.waitFor(email, /activate/)).text))
}

/** What a person does whose clipboard holds a list of addresses. */
async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.getByRole('combobox', { name: label }).click()
  await page.keyboard.press('ControlOrMeta+V')
}

test('a Developer Admin invites colleagues, who join, get other roles, and are shut out', async ({
  page,
  center,
  another,
}) => {
  const staff = await activated(
    center.origin,
    'mara@network.test',
    center.addStaff('mara@network.test', 'Mara Lindholm'),
  )
  await openOrganisation(center, staff, 'Quayside', 'Mona Ferreira', 'mona@quayside.test')
  await openOrganisation(center, staff, 'Elsewhere', 'Elsa Brandt', 'elsa@elsewhere.test')
  const nils = await another()
  const elsa = await another()
  const invitationOf = async (email: string) => linkIn((await center.mail.waitFor(email, /invites you/)).text)
  const membersRow = (name: string) =>
    page.getByRole('table', { name: 'Members' }).getByRole('row').filter({ hasText: name })
  const invitationRow = (email: string) =>
    page.getByRole('table', { name: 'Invitations' }).getByRole('row').filter({ hasText: email })

  await test.step('two addresses are pasted and invited in one go', async () => {
    await logIn(page, 'mona@quayside.test')
    await main(page).getByRole('link', { name: 'Members' }).click()
    await expect(page.getByText('No invitation is open')).toBeVisible()
    await paste(page, 'E-mail addresses', 'nils@quayside.test;\nelsa@elsewhere.test')
    await page.getByRole('checkbox', { name: 'Developer', exact: true }).check()
    await page.getByRole('button', { name: 'Send invitations' }).click()
    await expect(page.getByText('The invitations are on their way.')).toBeVisible()
    for (const email of ['nils@quayside.test', 'elsa@elsewhere.test'])
      await expect(invitationRow(email)).toContainText('Invitation sent')
  })

  await test.step('a newcomer accepts with a name and a password', async () => {
    await nils.goto(await invitationOf('nils@quayside.test'))
    await expect(nils.getByText('Mona Ferreira invites you to work for Quayside.')).toBeVisible()
    await nils.getByLabel('Your name').fill('Nils Okoro')
    await nils.getByLabel('New password').fill(PASSWORD)
    await nils.getByRole('button', { name: 'Accept' }).click()
    await expect(nils.getByText('You have joined. Log in to begin.')).toBeVisible()
    await expect(nils.getByLabel('E-mail')).toHaveValue('nils@quayside.test')
    await nils.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await nils.getByRole('button', { name: 'Log in' }).click()
    await expect(home(nils)).toBeVisible()
  })

  await test.step('who has an account joins with its password, and goes to and fro between the organisations', async () => {
    await elsa.goto(await invitationOf('elsa@elsewhere.test'))
    await expect(elsa.getByText('This address has an account already.')).toBeVisible()
    await elsa.getByLabel('Password', { exact: true }).fill('not the password that I have')
    await elsa.getByRole('button', { name: 'Accept' }).click()
    await expect(elsa.getByText('The password is not right.')).toBeVisible()
    await elsa.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await elsa.getByRole('button', { name: 'Accept' }).click()
    await expect(elsa.getByText('You have joined. Log in to begin.')).toBeVisible()
    await elsa.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await elsa.getByRole('button', { name: 'Log in' }).click()
    const organisation = elsa.getByRole('combobox', { name: 'Organisation' })
    await expect(organisation.locator('option:checked')).toHaveText('Elsewhere')
    await expect(main(elsa).getByRole('link', { name: 'Members' })).toBeVisible()
    await organisation.selectOption('Quayside')
    await expect(organisation.locator('option:checked')).toHaveText('Quayside')
    await expect(home(elsa)).toBeVisible()
    await expect(main(elsa).getByRole('link', { name: 'Members' })).toHaveCount(0)
    await organisation.selectOption('Elsewhere')
    await expect(main(elsa).getByRole('link', { name: 'Members' })).toBeVisible()
  })

  await test.step('a second window that shows the organisation before does nothing in the other one', async () => {
    const left = await elsa.context().newPage()
    await left.goto('/members')
    await paste(left, 'E-mail addresses', 'meant.for@elsewhere.test')
    await left.getByRole('checkbox', { name: 'Developer', exact: true }).check()
    await elsa.bringToFront()
    await elsa.getByRole('combobox', { name: 'Organisation' }).selectOption('Quayside')
    await expect(main(elsa).getByRole('link', { name: 'Members' })).toHaveCount(0)
    await left.bringToFront()
    // Coming to the front asks again; where the browser does not, the click does.
    await left
      .getByRole('button', { name: 'Send invitations' })
      .click({ timeout: 2000 })
      .catch(() => undefined)
    await expect(left.getByText('You work for Quayside now')).toBeVisible()
    await expect(home(left)).toBeVisible()
    await left.close()
    await elsa.getByRole('combobox', { name: 'Organisation' }).selectOption('Elsewhere')
    await expect(main(elsa).getByRole('link', { name: 'Members' })).toBeVisible()
  })

  await test.step('other roles count from the next click on', async () => {
    await expect(main(nils).getByRole('link', { name: 'Applications' })).toBeVisible()
    await page.reload()
    await expect(page.getByText('No invitation is open')).toBeVisible()
    await page.getByRole('button', { name: 'Change Nils Okoro' }).click()
    await role(page, 'Developer').uncheck()
    await save(page).click()
    await expect(page.getByText('Choose at least one role.')).toBeVisible()
    await role(page, 'Merchant Onboarding').check()
    await save(page).click()
    await expect(page.getByText('The roles count from the next click on.')).toBeVisible()
    await expect(membersRow('Nils Okoro')).toContainText('Merchant Onboarding')
    await main(nils).getByRole('link', { name: 'Applications' }).click()
    await expect(main(nils).getByRole('link', { name: 'Applications' })).toHaveCount(0)
    await nils.reload()
    await expect(nils.getByText('Your roles do not open this page')).toBeVisible()
  })

  await test.step('who is disabled is out with the next click, and cannot come back until enabled', async () => {
    await page.getByRole('button', { name: 'Change Nils Okoro' }).click()
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    await expect(page.getByText('Nils Okoro is shut out of your organisation at once.')).toBeVisible()
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    await expect(membersRow('Nils Okoro')).toContainText('Disabled')
    await main(nils).getByRole('link', { name: 'Home' }).click()
    await expect(nils.getByText('Your session has ended.')).toBeVisible()
    await logIn(nils, 'nils@quayside.test')
    await expect(nils.getByText('E-mail or password is not right.')).toBeVisible()
    await page.getByRole('button', { name: 'Change Nils Okoro' }).click()
    await page.getByRole('button', { name: 'Enable', exact: true }).click()
    await expect(membersRow('Nils Okoro')).toContainText('Active')
    await center.mail.waitFor('nils@quayside.test', /open again/)
    await logIn(nils, 'nils@quayside.test')
    await expect(home(nils)).toBeVisible()
  })

  await test.step('a withdrawn invitation opens nothing; sent again, its new link alone does', async () => {
    await paste(page, 'E-mail addresses', 'lena@quayside.test')
    await page.getByRole('checkbox', { name: 'Developer', exact: true }).check()
    await page.getByRole('button', { name: 'Send invitations' }).click()
    const first = await invitationOf('lena@quayside.test')
    await page.getByRole('button', { name: 'Withdraw the invitation of lena@quayside.test' }).click()
    await expect(invitationRow('lena@quayside.test')).toContainText('Withdrawn')
    const lena = await another()
    await lena.goto(first)
    await expect(lena.getByText('This invitation is not valid any more.')).toBeVisible()
    await page.getByRole('button', { name: 'Send again: the invitation of lena@quayside.test' }).click()
    await expect(invitationRow('lena@quayside.test')).toContainText('Invitation sent')
    await expect.poll(() => invitationOf('lena@quayside.test')).not.toBe(first)
    await lena.reload()
    await expect(lena.getByText('This invitation is not valid any more.')).toBeVisible()
    const second = await another()
    await second.goto(await invitationOf('lena@quayside.test'))
    await expect(second.getByText('Mona Ferreira invites you to work for Quayside.')).toBeVisible()
  })

  await test.step('the last Developer Admin stays', async () => {
    await page.getByRole('button', { name: 'Change Mona Ferreira' }).click()
    await role(page, 'Developer Admin').uncheck()
    await role(page, 'Developer').check()
    await save(page).click()
    await expect(page.getByText('The last active Developer Admin must stay.')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  })

  await test.step('to make another one asks for the password, five minutes after it was entered', async () => {
    await center.inDatabase((db) =>
      db
        .updateTable('sessions')
        .set({ proved_at: Date.now() - 300_000 })
        .where('person_id', 'in', (q) => q.selectFrom('people').select('id').where('email', '=', 'mona@quayside.test'))
        .execute(),
    )
    await page.getByRole('button', { name: 'Change Nils Okoro' }).click()
    await role(page, 'Developer Admin').check()
    await save(page).click()
    const proof = page.getByRole('dialog', { name: 'Please confirm that it is you' })
    await proof.getByRole('button', { name: 'Cancel' }).click()
    await expect(membersRow('Nils Okoro')).not.toContainText('Developer Admin')
    await save(page).click()
    await proof.getByLabel('Password', { exact: true }).fill('not the password that I have')
    await proof.getByRole('button', { name: 'Confirm' }).click()
    await expect(proof.getByText('The password is not right.')).toBeVisible()
    await proof.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await proof.getByRole('button', { name: 'Confirm' }).click()
    await expect(membersRow('Nils Okoro')).toContainText('Developer Admin')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await main(nils).getByRole('link', { name: 'Home' }).click()
    await nils.reload()
    await expect(main(nils).getByRole('link', { name: 'Members' })).toBeVisible()
  })

  await test.step('what waited for a password is not done for whoever logs in next', async () => {
    const { id } = await center.inDatabase((db) =>
      db.selectFrom('people').select('id').where('email', '=', 'mona@quayside.test').executeTakeFirstOrThrow(),
    )
    await center.inDatabase((db) =>
      db.updateTable('sessions').set({ proved_at: 0 }).where('person_id', '=', id).execute(),
    )
    await page.getByRole('button', { name: 'Change Elsa' }).click()
    await role(page, 'Developer Admin').check()
    await save(page).click()
    const proof = page.getByRole('dialog', { name: 'Please confirm that it is you' })
    await proof.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await center.inDatabase((db) => db.deleteFrom('sessions').where('person_id', '=', id).execute())
    await proof.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByText('Your session has ended.')).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await logIn(page, 'nils@quayside.test')
    await expect(main(page).getByRole('link', { name: 'Members' })).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await main(page).getByRole('link', { name: 'Members' }).click()
    await expect(membersRow('Elsa')).not.toContainText('Developer Admin')
  })
})
