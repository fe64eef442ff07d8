/** Builders: each makes one thing with everything that it needs, through the real interface. */
import { activate, logIn } from '../contract/accounts.ts'
import { createApplication, setNotificationUrl, setSandboxKey } from '../contract/applications.ts'
import { openAccount, openPartner } from '../contract/partners.ts'
import type { PartnerType, ProductId } from '../rules/products.ts'
import type { PartnerRole, StaffRole } from '../rules/roles.ts'
import { addStaff } from '../server/accounts/staff.ts'
import { TestBrowser } from './browser.ts'
import { TestPartner } from './partner.ts'
import { plant } from './secrets.ts'
import type { Center } from './start.ts'

export const PASSWORD = 'a sentence that is long enough'
plant('password', PASSWORD)

let count = 0
const next = () => ++count

/** A member of staff, logged in. */
export async function makeStaff(center: Center, role: StaffRole = 'solution_architect'): Promise<TestBrowser> {
  const email = `staff${next()}@network.test`
  const link = await addStaff(center.app, { name: `Staff ${count}`, email, role })
  return activated(center, email, link)
}

/** Sets the password behind an activation link, and logs in. */
export async function activated(center: Center, email: string, link: string): Promise<TestBrowser> {
  const browser = new TestBrowser(center.origin)
  await browser.do(activate, { body: { token: new URL(link).hash.slice(1), password: PASSWORD } })
  await browser.do(logIn, { body: { email, password: PASSWORD } })
  return browser
}

export type MadePartner = { id: string; name: string; addresses: string[]; staff: TestBrowser }

export async function makePartner(center: Center, types: PartnerType[] = ['acquirer']): Promise<MadePartner> {
  const staff = await makeStaff(center)
  const n = next()
  const addresses = Array.from({ length: 8 }, (_, i) => `person${i}@partner${n}.test`)
  const name = `Partner ${n}`
  const body = { name, partnerTypes: types, standing: 'contract' as const, ndaAddresses: addresses }
  const { id } = await staff.do(openPartner, { body })
  return { id, name, addresses, staff }
}

/** A member of the partner with these roles, logged in. */
export async function makeMember(
  center: Center,
  partner: MadePartner,
  roles: PartnerRole[] = ['developer_admin'],
): Promise<TestBrowser & { email: string }> {
  const email = partner.addresses.pop()
  if (!email) throw new Error('The partner has no NDA address left.')
  await partner.staff.do(openAccount, {
    params: { partnerId: partner.id },
    body: { name: `Member ${next()}`, email, roles },
  })
  const mail = await center.mail.waitFor(email, /activate/)
  const browser = await activated(center, email, linkIn(mail.text))
  return Object.assign(browser, { email })
}

export function linkIn(text: string): string {
  const link = /https?:\/\/\S+/.exec(text)?.[0]
  if (!link) throw new Error(`There is no link in: ${text}`)
  return link
}

export async function makeApplication(browser: TestBrowser, products: ProductId[] = ['cashier']) {
  const body = { name: `Application ${next()}`, partnerType: 'acquirer' as const, description: '', products }
  return browser.do(createApplication, { body })
}

/** A developer with an application whose key is set, and a partner server that signs with it. */
export async function makeIntegration(center: Center, options: { notify?: boolean } = {}) {
  const partner = await makePartner(center)
  const developer = await makeMember(center, partner)
  const application = await makeApplication(developer)
  const server = await TestPartner.start(center.origin)
  const params = { applicationId: application.id }
  const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  if (options.notify !== false) {
    await developer.do(setNotificationUrl, {
      params: { ...params, api: 'notifyPayment' },
      body: { url: server.notifyUrl },
    })
  }
  return { partner, developer, application, server, sandbox }
}
