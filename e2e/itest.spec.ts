/** iTest: from no key at all to a verified answer, in the page alone; the private key goes nowhere. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createApplication } from '../contract/applications.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { newPair } from '../test/partner.ts'
import { plant } from '../test/secrets.ts'
import { expect, logIn, test } from './center.ts'

/** A part of the middle: found wherever the key is, in PEM or bare. */
const heartOf = (pem: string) => pem.split('\n')[12] ?? ''

test('a first call is made, signed and verified in the page', async ({ page, center }) => {
  const email = 'iris@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Iris'))
  const { server, developer } = await integrateWith(staff, center.mail, 'calling')
  const application = await developer.do(createApplication, {
    body: { name: 'Calling', partnerType: 'acquirer', description: '', products: ['cashier', 'user_presented'] },
  })
  await logIn(page, 'calling@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  const send = page.getByRole('button', { name: 'Sign and send' })
  const verified = page.getByText('The signature of the answer verifies with the network')
  const answer = page.getByRole('figure', { name: 'Body of the answer' })
  let pem = ''
  let keyFile = ''

  await test.step('without a key, one click makes the pair and sets it', async () => {
    await page.goto(`/applications/${application.id}/itest`)
    await expect(send).toBeDisabled()
    await expect(page.getByText('Make a key pair first')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Set its public key on the settings' })).toBeVisible()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Make a key pair and set it' }).click()
    pem = readFileSync(await (await download).path(), 'utf8')
    keyFile = (await download).suggestedFilename()
    plant('private key', heartOf(pem))
    await expect(page.getByText('The private key of version 1')).toBeVisible()
  })

  await test.step('the call is filled, signed here, and its answer verified here', async () => {
    await send.click()
    await expect(verified).toBeVisible()
    await expect(answer).toContainText('PAYMENT_IN_PROCESS')
    await expect(page.getByRole('figure', { name: 'The string that was signed' })).toContainText(
      'POST /aps/api/v1/payments/pay',
    )
    await expect(page.getByRole('link', { name: 'Open the page of the payer' })).toBeVisible()
  })

  await test.step('the program below runs as it stands, with the files that the page has saved', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-itest-'))
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as order.json' }).click()
    await (await saved).saveAs(join(folder, (await saved).suggestedFilename()))
    writeFileSync(join(folder, keyFile), pem)
    writeFileSync(
      join(folder, 'call.mjs'),
      (await page.getByRole('figure', { name: 'Node' }).locator('pre').textContent()) ?? '',
    )
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['call.mjs'], { cwd: folder })
    rmSync(folder, { recursive: true })
    expect(stdout).toContain('PAYMENT_IN_PROCESS')
    expect(stderr).toContain('The signature of the answer verifies.')
  })

  await test.step('the next call is about the same payment', async () => {
    await page.getByRole('link', { name: 'inquiryPayment' }).click()
    await expect(page).toHaveURL(/call=aps%2Fpayments%2FinquiryPayment/)
    await send.click()
    await expect(verified).toBeVisible()
    await expect(answer).toContainText('"paymentResult"')
  })

  await test.step('it is in the request log, from where it is sent again as it was', async () => {
    await page.getByRole('link', { name: 'Open it in the request log' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'payments/inquiryPayment' })).toHaveCount(1)
    await page.getByRole('row').filter({ hasText: 'payments/inquiryPayment' }).getByRole('link').first().click()
    await page.getByRole('tab', { name: 'Request' }).click()
    await page.getByRole('link', { name: 'Edit and send again' }).click()
    await expect(page.getByText('A copy of a call of the log')).toBeVisible()
    await page.getByLabel('Private key file').setInputFiles({
      name: 'private.pem',
      mimeType: 'application/x-pem-file',
      buffer: Buffer.from(pem),
    })
    await send.click()
    await expect(verified).toBeVisible()
  })

  await test.step('another private key is told so, and refused without a signature', async () => {
    await page.getByRole('button', { name: 'Use another key' }).click()
    await page.getByLabel('Or paste the private key').fill('-----BEGIN ENCRYPTED PRIVATE KEY-----'.padEnd(900, 'A'))
    await expect(page.getByText('This key is behind a passphrase')).toBeVisible()
    const foreign = newPair().privateKey.export({ format: 'pem', type: 'pkcs1' }).toString()
    await page.getByLabel('Or paste the private key').fill(foreign)
    await expect(page.getByText('fits none of your public keys')).toBeVisible()
    await send.click()
    await expect(page.getByText('The answer carries no signature')).toBeVisible()
    await expect(answer).toContainText('INVALID_SIGNATURE')
  })

  await test.step('what only a payer can give must be put in first', async () => {
    await page.getByLabel('Interface').selectOption('aps/payments/pay/user_presented')
    await expect(page.getByText('Put something real in the place of <payment code>.')).toBeVisible()
    await expect(send).toBeDisabled()
  })

  expect(sent.filter((request) => request.includes('PRIVATE') || request.includes(heartOf(pem)))).toEqual([])
  await server.close()
})
