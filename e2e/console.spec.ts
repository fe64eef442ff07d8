import { logIn as logInEndpoint } from '../contract/accounts.ts'
import { acceptInvitation, inviteMembers } from '../contract/members.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { activate, expect, linkIn, logIn, PASSWORD, test } from './center.ts'

test('the console in everyday use: deletion undone, drafts kept, Chinese, a session that ends', async ({
  page,
  center,
}) => {
  const email = 'cora@network.test'
  await activate(page, center.addStaff(email, 'Cora'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email, password: PASSWORD } })
  const { server, application } = await integrateWith(staff, center.mail, 'daily')
  await logIn(page, 'daily@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()

  await test.step('a deletion says what breaks, and is undone', async () => {
    await page.goto(`/applications/${application.id}`)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('Calls in the last 24 hours: 0.')).toBeVisible()
    await dialog.getByLabel('Type the name of the application').fill(application.name)
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(
      page.getByRole('table', { name: 'Deleted applications' }).getByText('30', { exact: true }),
    ).toBeVisible()
    await page.getByRole('button', { name: `Undo the deletion of ${application.name}` }).click()
    await expect(page.getByRole('heading', { level: 1, name: application.name })).toBeVisible()
  })

  await test.step('what was typed for a new application survives a reload of step 2', async () => {
    await page.goto('/applications/new')
    await page.getByLabel('Application Name').fill('Second shop')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Cashier Payment').check()
    await page.reload()
    await expect(page.getByLabel('Cashier Payment')).toBeChecked()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Second shop' })).toBeVisible()
  })

  await test.step('a row under the pointer stays; what is new is counted, then shown', async () => {
    await server.pay()
    await page.goto(`/applications/${application.id}/requests`)
    const rows = page.getByRole('table', { name: 'Calls' }).getByRole('row')
    await expect(rows).toHaveCount(2)
    await rows.nth(1).hover()
    await server.pay()
    await page.getByRole('button', { name: 'Show 1 new' }).click()
    await expect(rows).toHaveCount(3)
  })

  await test.step('a slash leads to the search', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('no/thing')
    await expect(page.getByText('No call matches')).toBeVisible()
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(page.getByRole('table', { name: 'Calls' })).toBeVisible()
  })

  await test.step('the palette leads everywhere by a few letters, without a pointer', async () => {
    const palette = page.getByRole('dialog', { name: 'Search and jump' })
    const field = palette.getByRole('combobox')
    const open = async (words: string) => {
      await page.keyboard.press('Control+k')
      await expect(field).toBeFocused()
      await page.keyboard.type(words)
    }
    await open('log request appl')
    await expect(palette.getByRole('status')).toHaveText('1 result')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Request log' })).toBeVisible()
    await expect(palette).toBeHidden()

    await open('nothing-like-this')
    await expect(palette.getByText('Nothing matches')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(palette).toBeHidden()

    await open('scheme')
    const chosen = palette.getByRole('option', { selected: true })
    await expect(chosen).toHaveText('Colour scheme: Light')
    await page.keyboard.press('ArrowDown')
    await expect(chosen).toHaveText('Colour scheme: Dark')
    await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')

    await open('signature vectors')
    await expect(palette.getByRole('group', { name: 'Docs' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/docs\/reference\/signature-vectors$/)
    await page.goBack()
  })

  await test.step('letters jump, a question mark lists them, and neither while something is typed', async () => {
    const title = (name: string) => page.getByRole('heading', { level: 1, name })
    await expect(title('Request log')).toBeVisible()
    for (const [key, name] of [
      ['a', 'Applications'],
      ['s', 'Settings'],
      ['n', 'Notification log'],
      ['m', 'Members'],
      ['h', 'Home'],
      ['r', 'Request log'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await expect(title(name)).toBeVisible()
    }
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden()
    await page.keyboard.press('/')
    await expect(page.getByLabel('Search', { exact: true })).toBeFocused()
    await page.keyboard.type('gh?')
    await expect(page.getByLabel('Search', { exact: true })).toHaveValue('gh?')
    await expect(title('Request log')).toBeVisible()
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  await test.step('a log-out that does not reach the server says so', async () => {
    await page.route('**/api/session', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    )
    await page.getByRole('button', { name: /^Account of/ }).hover()
    await page.getByRole('button', { name: 'Log Out' }).click()
    await expect(page.getByText('You are not logged out')).toBeVisible()
    await page.unroute('**/api/session')
  })

  await test.step('whose session ends is told, in the language of choice, and comes back to where he was', async () => {
    await page.getByRole('button', { name: '简体中文' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '请求日志' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
    await page.context().clearCookies()
    await expect(page.getByText('您的会话已结束')).toBeVisible()
    await page.getByLabel('邮箱').fill('daily@partner.test')
    await page.getByLabel('密码', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: '登录' }).click()
    await expect(page.getByText('邮箱或密码不正确。')).toBeVisible()
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '请求日志' })).toBeVisible()
  })
  await server.close()
})

test('whoever may not is told what is missing, which roles carry it, and whom to ask', async ({ page, center }) => {
  const email = 'carl@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Carl'))
  const { server, developer } = await integrateWith(staff, center.mail, 'asked')
  await server.close()
  const asking = 'asking@partner.test'
  await developer.do(inviteMembers, { body: { emails: [asking], roles: ['developer'] } })
  const link = linkIn((await center.mail.waitFor(asking, /invites you/)).text)
  const token = new URL(link).hash.slice(1)
  await staff.do(acceptInvitation, { body: { token, name: 'Asking', password: PASSWORD } })
  await logIn(page, asking)

  const create = page.getByRole('button', { name: 'Create application' })
  await expect(create).toBeDisabled()
  await page.keyboard.press('Tab') // as by keyboard: a focus that a pointer brought opens no tooltip
  await create.focus()
  const reason =
    'Your roles do not include “Create applications”. Roles that do: Developer Admin, Developer (on trial).'
  await expect(create).toHaveAccessibleDescription(`${reason} Ask Dev.`)
  await expect(page.getByRole('tooltip')).toHaveText(`${reason} Ask Dev.`)

  for (const [address, missing] of [
    ['/members', 'Manage members'],
    ['/applications/new', 'Create applications'],
  ]) {
    await page.goto(address ?? '')
    await expect(page.getByText(`Your roles do not include “${missing}”.`)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Dev', exact: true })).toHaveAttribute(
      'href',
      'mailto:asked@partner.test',
    )
    await expect(page.getByRole('link', { name: 'Roles and permissions' })).toBeVisible()
  }
})
