/** iMock: codes per interface, codes by the value of a field, and the end of both. */
import { activated, integrateWith } from '../test/integration.ts'
import { cashierOrder } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

const HEADERS = { loadmode: '2', markuid: '0A', instmock: 'O' }

test('the sandbox answers what it is told to, until it switches itself off', async ({ page, center }) => {
  const email = 'moc@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Moc'))
  const { server, application } = await integrateWith(staff, center.mail, 'mocking')
  const codeOf = async (value = '1999') => {
    const order = cashierOrder({ paymentAmount: { currency: 'USD', value } })
    return (await server.pay(order, { headers: HEADERS })).body.result.resultCode
  }
  await logIn(page, 'mocking@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.getByRole('link', { name: 'iMock' }).click()
  await page.goto(`/applications/${application.id}/imock`)
  const isOn = page.getByRole('heading', { name: 'iMock is on' })

  await test.step('nothing chosen is told so', async () => {
    await page.getByRole('button', { name: 'Switch on' }).click()
    await expect(page.getByText('Choose a result code for at least one interface.')).toBeVisible()
  })

  await test.step('basic: one code for an interface', async () => {
    await page.getByLabel('payments/pay', { exact: true }).first().selectOption('RISK_REJECT')
    await page.getByRole('button', { name: 'Switch on' }).click()
    await expect(isOn).toBeVisible()
    await expect(page.getByRole('figure', { name: 'Headers that a call must carry' })).toContainText('instmock: O')
    expect(await codeOf()).toBe('RISK_REJECT')
  })

  await test.step('advanced takes its place: the value of a field decides', async () => {
    await page.getByRole('radio', { name: /^Advanced/ }).check()
    await page.getByLabel('Field of rule 1').fill('not a field')
    await page.getByRole('button', { name: 'Go on with these rules' }).click()
    await expect(page.getByText('Names between full stops')).toBeVisible()
    await page.getByLabel('Field of rule 1').fill('paymentAmount.value')
    await page.getByLabel('Value of rule 1').fill('4200')
    await page.getByLabel('Result code of rule 1').selectOption('USER_BALANCE_NOT_ENOUGH')
    await page.getByRole('button', { name: 'Go on with these rules' }).click()
    await expect(page.getByText('Advanced · 1 rule')).toBeVisible()
    expect(await codeOf('4200')).toBe('USER_BALANCE_NOT_ENOUGH')
    expect(await codeOf()).toBe('PAYMENT_IN_PROCESS')
  })

  await test.step('the log says which calls it answered', async () => {
    await page.goto(`/applications/${application.id}/requests`)
    await expect(page.getByText('answered by iMock')).toHaveCount(2)
  })

  await test.step('when its time is over it is off', async () => {
    await center.inDatabase((db) =>
      db
        .updateTable('mocks')
        .set({ ends_at: Date.now() - 1 })
        .where('application_id', '=', application.id)
        .execute(),
    )
    expect(await codeOf('4200')).toBe('PAYMENT_IN_PROCESS')
    await page.goto(`/applications/${application.id}/imock`)
    await expect(page.getByRole('button', { name: 'Switch on' })).toBeVisible()
    await expect(isOn).toBeHidden()
  })
  await server.close()
})
