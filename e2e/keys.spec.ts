/** A sandbox key is replaced: the new one is proved by a text that is signed in the page, or by a command, and only then counts. */
import { writeFileSync } from 'node:fs'
import { activated, integrateWith } from '../test/integration.ts'
import { signText } from '../test/launch.ts'
import { newPair } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

test('a replacement waits until its text is signed, in the page or elsewhere', async ({ page, center }, info) => {
  const email = 'kira@network.test'
  const staff = await activated(center.origin, email, center.addStaff(email, 'Kira'))
  const { server, application } = await integrateWith(staff, center.mail, 'rekeying')
  await logIn(page, 'rekeying@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  const row = (version: number) =>
    page.getByRole('row').filter({ has: page.getByRole('cell', { name: `${version}`, exact: true }) })
  const set = async (publicKey: string) => {
    await page.goto(`/applications/${application.id}/sandbox?edit=key`)
    await page.getByLabel('Your public key').fill(publicKey)
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
  }
  const [second, third] = [newPair(), newPair()]

  await test.step('it waits, and the key before it goes on working', async () => {
    await set(second.publicKey)
    await expect(page.getByRole('heading', { name: 'Prove version 2' })).toBeVisible()
    await expect(row(2).getByText('Waiting for its proof')).toBeVisible()
    expect((await server.pay()).body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
  })

  await test.step('another key proves nothing', async () => {
    await page.getByLabel('Signature', { exact: true }).fill('AAAA')
    await page.getByRole('button', { name: 'Submit the signature' }).click()
    await expect(page.getByText(/^The signature does not verify with this key/)).toBeVisible()
  })

  await test.step('signed in the page with the file of the private key, which goes nowhere', async () => {
    const file = info.outputPath('private.pem')
    const pem = second.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    writeFileSync(file, pem)
    await page.getByLabel('Private key file').setInputFiles(file)
    await expect(page.getByLabel('Signature', { exact: true })).not.toHaveValue('AAAA')
    await page.getByRole('button', { name: 'Submit the signature' }).click()
    await expect(row(2).getByText('Active')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Prove version 2' })).toHaveCount(0)
    expect(sent.join('\n')).not.toContain(pem.split('\n')[3])
  })

  await test.step('the signature of a command is pasted; a third takes the place of the oldest', async () => {
    await set(third.publicKey)
    const shown = page.getByRole('figure', { name: 'Text to sign' }).locator('pre')
    await expect(shown).toHaveText(/^slipway-key-proof:SANDBOX_\w+:3:/)
    const before = (await shown.textContent()) ?? ''
    await page.getByRole('button', { name: 'Get a new text' }).click()
    await expect(shown).not.toHaveText(before)
    await expect(page.getByRole('figure', { name: 'With openssl' })).toContainText('openssl dgst -sha256 -sign')
    const text = (await shown.textContent()) ?? ''
    await page.getByLabel('Signature', { exact: true }).fill(signText(text.trim(), third.privateKey))
    await page.getByRole('button', { name: 'Submit the signature' }).click()
    await expect(row(3).getByText('Active')).toBeVisible()
    await expect(row(1).getByText('Retired')).toBeVisible()
  })
  await server.close()
})
