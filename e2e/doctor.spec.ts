/** The Signature Doctor: beside a refused call, and on pasted text in the page alone. */
import { sign } from 'node:crypto'
import type { Page, Request } from '@playwright/test'
import { cashierOrder } from '../test/partner.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { expectNoScrolling, expectNoViolation } from './axe.ts'
import { expect, logIn, test } from './center.ts'

/** With a finding on the page, light and dark: the walk over all pages sees only what is there at once. */
async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolation(page)
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await expectNoScrolling(page)
  }
}

test('a refused signature is explained beside the call, and on pasted text without anything being sent', async ({
  page,
  center,
}) => {
  const staffEmail = 'staff-doctor@network.test'
  const staff = await activated(center.origin, staffEmail, center.addStaff(staffEmail, 'Sam Staff'))
  const { application, server } = await integrateWith(staff, center.mail, 'puzzled')
  const body = JSON.stringify(cashierOrder({ note: 'Größe' }))
  await server.call('payments/pay', body, { body: `${body}\n` })
  await page.setViewportSize({ width: 1280, height: 900 })
  await logIn(page, 'puzzled@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()

  await test.step('the call of the log: the cause by name, both strings, the first difference, the fix', async () => {
    await page.goto(`/applications/${application.id}/requests`)
    await page.getByRole('row').nth(1).getByRole('link').first().click()
    await page.getByRole('button', { name: 'Ask the Signature Doctor' }).click()
    const doctor = page.getByRole('region', { name: 'Signature Doctor' })
    await expect(doctor.getByText('The body was signed without the line break at its end.').first()).toBeVisible()
    await expect(doctor.getByText(/They differ first at byte [\d,]+ \(byte [\d,]+ of the body\)/)).toBeVisible()
    await expect(
      doctor.getByRole('figure', { name: 'String that we verify against' }).locator('mark').first(),
    ).toHaveText('0A')
    await expect(doctor.getByRole('figure', { name: 'String that you signed' })).toBeVisible()
    await doctor.getByRole('tab', { name: 'Python' }).click()
    await expect(doctor.getByRole('figure', { name: 'Python' })).toContainText('json.dumps(order)')
    await doctor.getByText(/^What was tried/).click()
    await expect(doctor.getByRole('listitem').filter({ hasText: 'without the line break' })).toContainText('verifies')
    await expectAccessible(page)
    await server.close()
  })

  await test.step('the language of the example is remembered', async () => {
    await page.reload()
    await expect(page.getByRole('tab', { name: 'Python' })).toHaveAttribute('aria-selected', 'true')
  })

  const pem = server.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString()
  const secret = pem.split('\n').slice(5, 8)
  const asked: Request[] = []

  await test.step('pasted text, with the private key: named in the page, and nothing is sent', async () => {
    await page.goto('/')
    await page.goto(`/applications/${application.id}/doctor`)
    await expect(page.getByRole('heading', { level: 1, name: 'Signature Doctor' })).toBeVisible()
    page.on('request', (request) => asked.push(request))
    const uri = '/aps/api/v1/payments/pay'
    const time = '2026-11-23T04:25:16.123Z'
    const signed = `POST ${uri}\n${server.clientId}.${time}.{"a": 1.0}`
    const signature = sign('sha256', Buffer.from(signed), server.privateKey).toString('base64')
    await page
      .getByLabel('Request line and headers')
      .fill(
        `POST ${uri} HTTP/1.1\nClient-Id: ${server.clientId}\nRequest-Time: ${time}\nSignature: signature=${encodeURIComponent(signature)}`,
      )
    await page.getByLabel('Body', { exact: true }).fill('{"a":1.0}')
    await page.getByLabel('Your key', { exact: true }).fill(pem)
    await page.getByRole('button', { name: 'Examine' }).click()
    const finding = page.getByRole('region', { name: 'Finding' })
    await expect(
      finding.getByText('The body was signed with a blank behind each comma and colon.').first(),
    ).toBeVisible()
    await expect(finding.getByText('The private key is not sent, and not kept')).toBeVisible()
    await expect(finding.getByRole('figure', { name: 'Signature header that would be right' })).toContainText(
      'algorithm=RSA256',
    )
    await expectAccessible(page)
    await page.getByRole('textbox', { name: 'String that you signed' }).fill('x'.repeat(100_000))
    await page.getByRole('button', { name: 'Examine' }).click()
    await expect(page.getByText('At most 81,920 bytes.')).toBeVisible()
    await page.getByRole('textbox', { name: 'String that you signed' }).fill('')
    await page.getByLabel('Request line and headers').fill('<script>alert(1)</script>')
    await page.getByRole('button', { name: 'Examine' }).click()
    await expect(page.getByText('The first line must be the request line')).toBeVisible()
  })

  await test.step('the private key is in no request and in no storage', async () => {
    for (const request of asked) {
      const sent = `${request.url()}\n${JSON.stringify(await request.allHeaders())}\n${request.postData() ?? ''}`
      for (const line of secret) {
        expect(sent).not.toContain(line)
        expect(sent).not.toContain(encodeURIComponent(line))
      }
      expect(request.method()).toBe('GET')
    }
    const kept = await page.evaluate(async () => {
      const databases = (await indexedDB.databases()).map(({ name }) => name)
      const history = [location.href, JSON.stringify(window.history.state), document.cookie]
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, await caches.keys(), history])
    })
    for (const line of secret) expect(kept).not.toContain(line)
    expect(kept).not.toContain('PRIVATE KEY')
    await page.reload()
    await expect(page.getByLabel('Your key', { exact: true })).toHaveValue('')
  })

  await test.step('a private key that is typed where it would be sent is refused, and the person told to replace it', async () => {
    await page.goto(`/applications/${application.id}/requests`)
    await page.getByLabel('Search', { exact: true }).fill('-----BEGIN RSA PRIVATE KEY-----')
    await page.keyboard.press('Enter')
    await expect(page.getByText('The request holds a private key. It was not stored.')).toBeVisible()
    await expect(page.getByText(/Replace this pair now/)).toBeVisible()
  })
})
