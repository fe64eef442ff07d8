/** A mobile payment partner whose wallet pays in the shop: joined by a code, as two partners would do it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApplication, setNotificationUrl, setSandboxKey } from '../../contract/applications.ts'
import { joinWallet, newPairingCode } from '../../contract/pairs.ts'
import { openAccount, openPartner } from '../../contract/partners.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { newPair } from '../../test/partner.ts'

const PERSON = { name: 'Rosa Iwu', email: 'rosa@seagrass.example' }

export type DemoWallet = { clientId: string; networkPublicKey: string }

type Options = {
  staff: TestBrowser
  /** Of the shop. */
  admin: TestBrowser
  shopId: string
  walletOrigin: string
  folder: string
  /** Follows the link in the mail, sets a password and logs in. */
  activate(person: typeof PERSON): Promise<TestBrowser>
}

export async function seedWallet(options: Options): Promise<DemoWallet> {
  const { id: partnerId } = await options.staff.do(openPartner, {
    body: { name: 'Seagrass Wallet', partnerTypes: ['wallet'], standing: 'contract', ndaAddresses: [PERSON.email] },
  })
  const account = { ...PERSON, roles: ['developer_admin' as const] }
  await options.staff.do(openAccount, { params: { partnerId }, body: account })
  const developer = await options.activate(PERSON)
  const { id: applicationId } = await developer.do(createApplication, {
    body: {
      name: 'Seagrass app',
      partnerType: 'wallet',
      description: 'The example wallet of this demo, which pays in the Web shop.',
      products: ['user_presented', 'merchant_presented'],
    },
  })
  const pair = newPair()
  const file = join(options.folder, 'wallet-private.pem')
  writeFileSync(file, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  const params = { applicationId }
  const { clientId, networkPublicKey } = await developer.do(setSandboxKey, {
    params,
    body: { publicKey: pair.publicKey },
  })
  for (const api of ['pay', 'inquiryPayment', 'cancelPayment', 'refund'] as const) {
    const body = { url: `${options.walletOrigin}/${api}` }
    await developer.do(setNotificationUrl, { params: { ...params, api }, body })
  }
  const { code } = await developer.do(newPairingCode, { params })
  await options.admin.do(joinWallet, { params: { applicationId: options.shopId }, body: { code } })
  return { clientId, networkPublicKey: networkPublicKey ?? '' }
}
