/** More partners, each at another point of its way, and colleagues of the staff: what the operator console has to show. */
import { activate, logIn } from '../../contract/accounts.ts'
import { createApplication, setSandboxKey } from '../../contract/applications.ts'
import { openAccount, openPartner } from '../../contract/partners.ts'
import { openStaff } from '../../contract/staff.ts'
import { sendTestMail } from '../../contract/mail.ts'
import { TestBrowser } from '../../test/browser.ts'
import { TestPartner } from '../../test/partner.ts'
import { type Mailbox, NO_MAILBOX } from './mailbox.ts'

type Options = { staff: TestBrowser; mailbox: Mailbox; origin: string; newPassword(): string }

/** How far each has come: nobody has an account, an invitation is out, somebody is in, an application, a key. */
const PARTNERS = [
  { name: 'Quayside Wallet', type: 'wallet', person: null, way: 'opened' },
  { name: 'Lanternfish Pay', type: 'acquirer', person: { name: 'Noor Haddad', email: NO_MAILBOX }, way: 'invited' },
  {
    name: 'Saltmarsh Payments',
    type: 'acquirer',
    person: { name: 'Lena Brandt', email: 'lena@saltmarsh.example' },
    way: 'application',
  },
  {
    name: 'Copperline',
    type: 'acquirer',
    person: { name: 'Marco Ruiz', email: 'marco@copperline.example' },
    way: 'key',
  },
  {
    name: 'Tidewater TSP',
    type: 'technical_service_provider',
    person: { name: 'Yuki Arai', email: 'yuki@tidewater.example' },
    way: 'active',
  },
] as const

export async function seedPartners(options: Options): Promise<void> {
  for (const one of PARTNERS) await seedPartner(options, one)
  const { staff } = options
  await staff.do(openStaff, {
    body: { name: 'Ines Duarte', email: 'ines@harbourpay.example', role: 'solution_architect' },
  })
  await staff.do(openStaff, { body: { name: 'Kofi Mensah', email: 'kofi@harbourpay.example', role: 'support' } })
  await staff.do(sendTestMail, {})
}

async function seedPartner(options: Options, { name, type, person, way }: (typeof PARTNERS)[number]): Promise<void> {
  const { id } = await options.staff.do(openPartner, {
    body: {
      name,
      partnerTypes: [type],
      standing: 'contract',
      ndaAddresses: [person?.email ?? 'nda@quayside.example'],
    },
  })
  if (person === null) return
  const body = { ...person, roles: ['developer_admin' as const] }
  await options.staff.do(openAccount, { params: { partnerId: id }, body })
  if (way === 'invited') return
  const admin = await activated(options, person.email)
  if (way === 'active') return
  const { id: applicationId } = await admin.do(createApplication, {
    body: { name: 'Checkout', partnerType: 'acquirer', description: '', products: ['cashier'] },
  })
  if (way === 'application') return
  const server = await TestPartner.start(options.origin)
  await admin.do(setSandboxKey, { params: { applicationId }, body: { publicKey: server.publicKey } })
  await server.close()
}

async function activated({ mailbox, origin, newPassword }: Options, email: string): Promise<TestBrowser> {
  const { text } = await mailbox.waitFor(email)
  const token = new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '').hash.slice(1)
  const browser = new TestBrowser(origin)
  const password = newPassword()
  await browser.do(activate, { body: { token, password } })
  await browser.do(logIn, { body: { email, password } })
  return browser
}
