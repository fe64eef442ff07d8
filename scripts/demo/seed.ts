/** The demo's people and its first application, made the way a network makes them: command, mail, console API. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { activate, logIn } from '../../contract/accounts.ts'
import { createApplication, setNotificationUrl, setSandboxKey } from '../../contract/applications.ts'
import { listNotifications } from '../../contract/log.ts'
import { inviteMembers, withdrawInvitation } from '../../contract/members.ts'
import { openAccount, openPartner } from '../../contract/partners.ts'
import { decideOrder, newPaymentCode } from '../../contract/wallet.ts'
import { makeTodaysReport } from '../../contract/reports.ts'
import { setMerchantUrl } from '../../contract/test-merchant.ts'
import { PARTNER_ROLES, type PartnerRole } from '../../rules/roles.ts'
import { TestBrowser } from '../../test/browser.ts'
import { cashierOrder, orderKey, shopOrder, TestPartner, walletKey } from '../../test/partner.ts'
import type { Mailbox } from './mailbox.ts'
import { seedLaunches } from './launches.ts'
import { seedMerchants } from './merchants.ts'
import { seedPartners } from './partners.ts'
import { type DemoWallet, seedWallet } from './wallet.ts'

export type DemoState = {
  accounts: { role: string; email: string; password: string }[]
  clientId: string
  networkPublicKey: string
  wallet: DemoWallet
}

type Options = {
  origin: string
  exampleOrigin: string
  walletOrigin: string
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
/** Invited by the Developer Admin: the first is still open, the second was a slip. */
const INVITED = ['ivo@northwind-acquiring.example', 'ben@nortwind-acquiring.example']
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
    body: {
      name: 'Brightlane',
      partnerTypes: ['acquirer'],
      standing: 'trial',
      trialDays: 9,
      ndaAddresses: [TRIAL.email],
    },
  })

  let admin: TestBrowser | undefined
  for (const { partnerId, person } of [
    ...PEOPLE.map((known) => ({ partnerId: partner.id, person: known })),
    { partnerId: prospect.id, person: TRIAL },
  ]) {
    await staff.do(openAccount, { params: { partnerId }, body: person })
    const mail = await options.mailbox.waitFor(person.email)
    const link = linkIn(mail)
    const title = person.roles.map((role) => PARTNER_ROLES[role].title).join(', ')
    const browser = await open(person.email, title, link)
    admin ??= browser
  }
  if (!admin) throw new Error('Nobody could be made who may create an application.')
  await inviteColleagues(admin)
  await seedLaunches({ admin, staff, exampleOrigin: options.exampleOrigin })
  await seedPartners({ staff, mailbox: options.mailbox, origin: options.origin, newPassword: options.newPassword })
  const { account, shopId, ...integration } = await makeIntegration(admin, options)
  const wallet = await seedWallet({
    staff,
    admin,
    shopId,
    walletOrigin: options.walletOrigin,
    folder: options.folder,
    activate: async ({ email }) =>
      open(email, 'Developer Admin of a wallet', linkIn(await options.mailbox.waitFor(email))),
  })
  accounts.push({ role: 'Merchant (Test Wallet, /wallet/login)', ...account })
  return { accounts, ...integration, wallet }
}

const linkIn = ({ text }: { text: string }) => /https?:\/\/\S+/.exec(text)?.[0] ?? ''

async function inviteColleagues(admin: TestBrowser): Promise<void> {
  const { invitations } = await admin.do(inviteMembers, { body: { emails: INVITED, roles: ['developer'] } })
  const slip = invitations.find(({ email }) => email === INVITED[1])
  if (slip) await admin.do(withdrawInvitation, { params: { invitationId: slip.id } })
}

/** The application of the example partner, with its key and its notification URL. */
async function makeIntegration(admin: TestBrowser, options: Options) {
  const application = await admin.do(createApplication, {
    body: {
      name: 'Web shop',
      partnerType: 'acquirer',
      description: 'The example partner of this demo: a small shop that pays through the sandbox.',
      products: ['cashier', 'user_presented', 'merchant_presented'],
    },
  })
  const params = { applicationId: application.id }
  const shop = await TestPartner.start(options.origin)
  const privateKey = shop.privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(join(options.folder, 'example-private.pem'), privateKey, { mode: 0o600 })
  const sandbox = await admin.do(setSandboxKey, { params, body: { publicKey: shop.publicKey } })
  const networkPublicKey = sandbox.networkPublicKey ?? ''
  shop.join(sandbox.clientId, networkPublicKey)
  const notifyTo = { ...params, api: 'notifyPayment' as const }
  await admin.do(setNotificationUrl, { params: notifyTo, body: { url: shop.notifyUrl } })
  await trade(shop, options.origin, sandbox.testWalletUrl)
  await admin.do(makeTodaysReport, { params })
  const password = options.newPassword()
  const ofMerchant = {
    admin,
    applicationId: application.id,
    shop,
    origin: options.origin,
    mailbox: options.mailbox,
    password,
  }
  const account = { email: await seedMerchants(ofMerchant), password }
  const isAcknowledged = async () => {
    const { items } = await admin.do(listNotifications, { params, query: {} })
    // Those of the shop, and one that a merchant has paid.
    return items.filter(({ state }) => state === 'acknowledged').length === NOTIFIED + 1
  }
  // The shop may close when its last answer has been read, not when it was written.
  while (!(await isAcknowledged())) await new Promise((resolve) => setTimeout(resolve, 50))
  await shop.close()
  await admin.do(setNotificationUrl, { params: notifyTo, body: { url: `${options.exampleOrigin}/notify` } })
  await admin.do(setMerchantUrl, { params, body: { url: `${options.exampleOrigin}/test-merchant` } })
  return { clientId: sandbox.clientId, networkPublicKey, account, shopId: application.id }
}

/** A morning in the shop: what the logs, the wallet and the lists have to show. Each notification is acknowledged. */
async function trade(shop: TestPartner, origin: string, testWalletUrl: string): Promise<void> {
  const payer = new TestBrowser(origin)
  const showCode = async () =>
    (await payer.do(newPaymentCode, { params: walletKey(testWalletUrl) })).code?.value ?? 'none'
  const decide = async (decision: 'pay' | 'decline') => {
    const { body } = await shop.pay()
    await payer.do(decideOrder, { params: orderKey(body), body: { decision } })
  }
  const order = shopOrder(await showCode())
  await shop.pay(order)
  await shop.refund({
    paymentRequestId: order.paymentRequestId,
    refundAmount: { currency: 'USD', value: '500' },
    refundReason: 'One ticket was given back',
  })
  await shop.pay(shopOrder(await showCode(), NO_BALANCE))
  // Signed without the line break that was sent: what the Signature Doctor is for.
  const unlucky = cashierOrder()
  await shop.call('payments/pay', unlucky, { body: `${JSON.stringify(unlucky)}\n` })
  await decide('decline')
  await decide('pay')
  await shop.waitForNotifications(NOTIFIED)
}

/** The amount for which the simulator plays a payer without enough money. */
const NO_BALANCE = '9905'
const NOTIFIED = 4

function addStaff(options: Options, email: string, name: string): string {
  const args = ['dist/server/commands/staff-add.js', '--email', email, '--name', name]
  const output = execFileSync(process.execPath, args, { env: options.environment, encoding: 'utf8' })
  return /https?:\/\/\S+/.exec(output)?.[0] ?? ''
}
