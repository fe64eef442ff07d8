import { activate, expect, logIn, test } from './center.ts'

test('the password is reset in five steps, with the code from the mail', async ({ page, center }) => {
  const email = 'forgetful@network.test'
  await activate(page, center.addStaff(email, 'Fay'))
  const next = 'another sentence that is long enough'

  await page.goto('/login')
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Confirm' }).click()

  await expect(page.getByText('If the address has an account')).toBeVisible()
  await expect(page.getByRole('button', { name: /Send a new code in \d+ s/ })).toBeDisabled()
  const { text } = await center.mail.waitFor(email, /code/)
  const code = /^\d{6}$/m.exec(text)?.[0] ?? ''
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  await page.getByLabel('Code').fill(wrong)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('not right, or not valid any more')).toBeVisible()
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Confirm' }).click()

  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(/at least 15 characters/i).first()).toBeVisible()
  await page.getByLabel('New password').fill(next)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await center.mail.waitFor(email, /was changed/)

  await logIn(page, email)
  await expect(page.getByText('E-mail or password is not right.')).toBeVisible()
  await logIn(page, email, next)
  await expect(page.getByRole('heading', { level: 1, name: 'Partners' })).toBeVisible()
})

test('an unknown address looks no different', async ({ page }) => {
  await page.goto('/reset')
  await page.getByLabel('E-mail').fill('nobody@nowhere.test')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('If the address has an account')).toBeVisible()
})
