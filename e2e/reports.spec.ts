/** Report files in the console: one made and downloaded at once, and the SFTP account that fetches the same. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setContractFees } from '../contract/partners.ts'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { orderKey } from '../test/partner.ts'
import { freePort } from '../test/port.ts'
import { parseReport } from '../test/reports.ts'
import { plant } from '../test/secrets.ts'
import { expectNoViolation } from './axe.ts'
import { expect, test, withCenter } from './center.ts'

test('a partner reconciles a day', async ({ page }) => {
  const sftpPort = await freePort()
  await withCenter({ SLIPWAY_SFTP_PORT: String(sftpPort) }, async (center) => {
    const email = 'rosa@network.test'
    const staff = await activated(center.origin, email, center.addStaff(email, 'Rosa'))
    const { server, application, partnerId } = await integrateWith(staff, center.mail, 'reconciling')
    const agreed = { params: { partnerId, productId: 'cashier' as const } }
    await staff.do(setContractFees, { ...agreed, body: { interchangeBasisPoints: 150, serviceBasisPoints: 25 } })
    const { body } = await server.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    await page.goto(`${center.origin}/login`)
    await page.getByLabel('E-mail').fill('reconciling@partner.test')
    await page.getByLabel('Password', { exact: true }).fill('a sentence that is long enough')
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()

    let saved = ''
    await test.step("today's report is made now, and downloaded", async () => {
      await page.goto(`${center.origin}/applications/${application.id}/reports`)
      await expect(page.getByText('No report yet')).toBeVisible()
      await page.getByRole('button', { name: "Make today's report now" }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: /^Download transactionItems_/ }).click()
      saved = readFileSync(await (await download).path(), 'utf8')
      expect(parseReport(saved)).toMatchObject({
        head: { totalCount: '1' },
        details: [{ transactionId: body.paymentId, settlementAmountValue: '1999', direction: 'C' }],
      })
    })

    await test.step('the fees of the contract stand on the page, and in the file what the payment was charged', async () => {
      const fees = page.getByRole('region', { name: 'Fees of your contract' })
      await expect(fees.getByRole('row', { name: /^Cashier Payment/ })).toContainText(
        /1\.50%\s*150 bp.*0\.25%.*Contract/,
      )
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: /^Download feeItems_/ }).click()
      const text = readFileSync(await (await download).path(), 'utf8')
      expect(parseReport(text).details.map(({ feeAmountValue }) => feeAmountValue)).toEqual(['30', '5'])
    })

    await test.step('the SFTP account gets a password, shown once, and fetches the same file', async () => {
      await page.goto(`${center.origin}/applications/${application.id}/sandbox`)
      const panel = page.getByRole('region', { name: 'Financial Reports' })
      await panel.getByRole('button', { name: 'Make a password' }).click()
      const password = (await panel.getByRole('status').locator('code').textContent()) ?? ''
      expect(password).toMatch(/^[\w-]{32}$/)
      const account =
        /\d{19}/.exec(
          (await panel
            .getByText(/^\d{19}$/)
            .first()
            .textContent()) ?? '',
        )?.[0] ?? ''
      const got = fetchAll(sftpPort, account, password)
      expect(got).toBe(saved)
      await page.reload()
      await expect(panel.getByText(/^Made by Dev/)).toBeVisible()
      await expect(panel.getByText(password)).toHaveCount(0)
      plant('SFTP password', password)
    })

    await test.step('light and dark, both pages can be read by everybody', async () => {
      for (const part of ['reports', 'sandbox']) {
        await page.goto(`${center.origin}/applications/${application.id}/${part}`)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        await expectNoViolation(page)
      }
    })

    await test.step('replacing it is asked about, and ends the one before', async () => {
      const panel = page.getByRole('region', { name: 'Financial Reports' })
      await panel.getByRole('button', { name: 'Replace the password' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Replace the password' }).click()
      await expect(panel.getByText('It is shown this once')).toBeVisible()
    })
    await server.close()
  })
})

/** With OpenSSH, as a partner's nightly job does it. */
function fetchAll(port: number, account: string, password: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-sftp-'))
  const askpass = join(folder, 'askpass.sh')
  writeFileSync(askpass, '#!/bin/sh\nprintf "%s\\n" "$SFTP_TEST_PASSWORD"\n', { mode: 0o700 })
  const options = ['-o', 'StrictHostKeyChecking=accept-new', '-o', `UserKnownHostsFile=${join(folder, 'known_hosts')}`]
  execFileSync(
    'sftp',
    ['-P', String(port), ...options, '-o', 'PreferredAuthentications=password', `${account}@127.0.0.1`],
    {
      cwd: folder,
      input: `get /sandbox/settlements/clearing/${account}/*/transactionItems_* got.csv\n`,
      env: {
        ...process.env,
        SSH_ASKPASS: askpass,
        SSH_ASKPASS_REQUIRE: 'force',
        SFTP_TEST_PASSWORD: password,
        DISPLAY: ':0',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 20_000,
    },
  )
  return readFileSync(join(folder, 'got.csv'), 'utf8')
}
