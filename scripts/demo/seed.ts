/** The demo's people and its first application, made the way a network makes them: command, mail, console API. */
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { activate, logIn } from '../../contract/accounts.ts'
import { createApplication, setNotificationUrl, setSandboxKey } from '../../contract/applications.ts'
import { openAccount, openPartner } from '../../contract/partners.ts'
import { PARTNER_ROLES, type PartnerRole } from '../../rules/roles.ts'
import { TestBrowser } from '../../test/browser.ts'
import type { Mailbox } from './mailbox.ts'

export type DemoState = {
  accounts: { role: string; email: string; password: string }[]
  clientId: string
  networkPublicKey: string
}

type Options = {
  origin: string
  exampleOrigin: string
  folder: string
  environment: NodeJS.ProcessEnv
  mailbox: Mailbox
  newPassword(): string
}

const PEOPLE: { email: string; name: string; roles: PartnerRole[] }[] = [
  { email: 'ada@northwind-acquiring.example', name: 'Ada Lindqvist', roles: ['developer_admin'] },
  { email: 'ben@northwind-acquiring.example', name: 'Ben Okafor', roles: ['developer'] },
  { email: 'mei@northwind-acquiring.example', name: 'Mei Tanaka', roles: ['merchant_onboarding'] },
]
const TRIAL = { email: 'tom@brightlane.example', name: 'Tom Alvarez', roles: ['developer_on_trial'] as PartnerRole[] }

export async function seedDemo(options: Options): Promise<DemoState> {
  const accounts: DemoState['accounts'] = []
  const open = async (email: string, role: string, link: string) => {
    const password = options.newPassword()
    const browser = new TestBrowser(options.origin)
    await browser.do(activate, { body: { token: new URL(link).hash.slice(1), password } })
    await browser.do(logIn, { body: { email, password } })
    accounts.push({ role, email, password })
    return browser
  }

  const staffEmail = 'sofia@harbourpay.example'
  const staff = await open(staffEmail, 'Staff (operator admin)', addStaff(options, staffEmail, 'Sofia Marchetti'))
  const partner = await staff.do(openPartner, {
    body: {
      name: 'Northwind Acquiring',
      partnerTypes: ['acquirer'],
      standing: 'contract',
      ndaAddresses: PEOPLE.map(({ email }) => email),
    },
  })
  const prospect = await staff.do(openPartner, {
    body: { name: 'Brightlane', partnerTypes: ['acquirer'], standing: 'trial', ndaAddresses: [TRIAL.email] },
  })

  let admin: TestBrowser | undefined
  for (const { partnerId, person } of [
    ...PEOPLE.map((known) => ({ partnerId: partner.id, person: known })),
    { partnerId: prospect.id, person: TRIAL },
  ]) {
    await staff.do(openAccount, { params: { partnerId }, body: person })
    const mail = await options.mailbox.waitFor(person.email)
    const link = /https?:\/\/\S+/.exec(mail.text)?.[0] ?? ''
    const title = person.roles.map((role) => PARTNER_ROLES[role].title).join(', ')
    const browser = await open(person.email, title, link)
    admin ??= browser
  }
  if (!admin) throw new Error('Nobody could be made who may create an application.')
  return { accounts, ...(await makeIntegration(admin, options)) }
}

/** The application of the example partner, with its key and its notification URL. */
async function makeIntegration(admin: TestBrowser, options: Options) {
  const application = await admin.do(createApplication, {
    body: {
      name: 'Web shop',
      partnerType: 'acquirer',
      description: 'The example partner of this demo: a small shop that pays through the sandbox.',
      products: ['cashier', 'user_presented'],
    },
  })
  const params = { applicationId: application.id }
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  writeFileSync(join(options.folder, 'example-private.pem'), pair.privateKey, { mode: 0o600 })
  const sandbox = await admin.do(setSandboxKey, { params, body: { publicKey: pair.publicKey } })
  const url = `${options.exampleOrigin}/notify`
  await admin.do(setNotificationUrl, { params: { ...params, api: 'notifyPayment' }, body: { url } })
  return { clientId: sandbox.clientId, networkPublicKey: sandbox.networkPublicKey ?? '' }
}

function addStaff(options: Options, email: string, name: string): string {
  const args = ['dist/server/commands/staff-add.js', '--email', email, '--name', name]
  const output = execFileSync(process.execPath, args, { env: options.environment, encoding: 'utf8' })
  return /https?:\/\/\S+/.exec(output)?.[0] ?? ''
}
