/** A partner with an application and a key in a server that runs as a process: set up by command and console API, as a network does it. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { activate, logIn } from '../contract/accounts.ts'
import { createApplication, setNotificationUrl, setSandboxKey } from '../contract/applications.ts'
import { openAccount, openPartner } from '../contract/partners.ts'
import { TestBrowser } from './browser.ts'
import type { MailSink } from './mail.ts'
import { TestPartner } from './partner.ts'

const STAFF_ADD = fileURLToPath(new URL('../dist/server/commands/staff-add.js', import.meta.url))
const PASSWORD = 'a sentence that is long enough'

export const linkIn = (text: string) => /https?:\/\/\S+/.exec(text)?.[0] ?? ''

/** Runs the command that opens the first staff account, with the environment of the server, and logs in. */
export async function firstStaff(origin: string, env: Record<string, string>): Promise<TestBrowser> {
  const email = 'first@network.test'
  const output = execFileSync(process.execPath, [STAFF_ADD, '--email', email, '--name', 'First Staff'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
  })
  return activated(origin, email, linkIn(output))
}

export async function activated(origin: string, email: string, link: string): Promise<TestBrowser> {
  const browser = new TestBrowser(origin)
  await browser.do(activate, { body: { token: new URL(link).hash.slice(1), password: PASSWORD } })
  await browser.do(logIn, { body: { email, password: PASSWORD } })
  return browser
}

export async function integrate(origin: string, mail: MailSink, env: Record<string, string>) {
  const staff = await firstStaff(origin, env)
  const email = 'developer@partner.test'
  const { id } = await staff.do(openPartner, {
    body: { name: 'Partner', partnerTypes: ['acquirer'], standing: 'contract', ndaAddresses: [email] },
  })
  await staff.do(openAccount, { params: { partnerId: id }, body: { name: 'Dev', email, roles: ['developer_admin'] } })
  const developer = await activated(origin, email, linkIn((await mail.waitFor(email, /activate/)).text))
  const application = await developer.do(createApplication, {
    body: { name: 'Application', partnerType: 'acquirer', description: '', products: ['cashier'] },
  })
  const params = { applicationId: application.id }
  const server = await TestPartner.start(origin)
  const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  await developer.do(setNotificationUrl, {
    params: { ...params, api: 'notifyPayment' },
    body: { url: server.notifyUrl },
  })
  return { staff, developer, application, server, sandbox }
}
