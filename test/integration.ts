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

/** Runs the command that opens a staff account, with the environment of the server, and returns the activation link. */
export function firstStaffLink(env: Record<string, string>, email: string, name: string): string {
  const output = execFileSync(process.execPath, [STAFF_ADD, '--email', email, '--name', name], {
    env,
    encoding: 'utf8',
  })
  return linkIn(output)
}

export async function activated(origin: string, email: string, link: string): Promise<TestBrowser> {
  const browser = new TestBrowser(origin)
  await browser.do(activate, { body: { token: new URL(link).hash.slice(1), password: PASSWORD } })
  await browser.do(logIn, { body: { email, password: PASSWORD } })
  return browser
}

/** A first integration in a fresh server. */
export async function integrate(running: { origin: string; environment: Record<string, string> }, mail: MailSink) {
  const email = 'first@network.test'
  const staff = await activated(running.origin, email, firstStaffLink(running.environment, email, 'First Staff'))
  return integrateWith(staff, mail, 'developer')
}

/** A partner of this name, its developer (`<name>@partner.test`; colleagues can be opened later), an application with a key, and a server that signs with it. */
export async function integrateWith(staff: TestBrowser, mail: MailSink, name: string, colleagues: string[] = []) {
  const email = `${name}@partner.test`
  const { id } = await staff.do(openPartner, {
    body: {
      name: `Partner ${name}`,
      partnerTypes: ['acquirer'],
      standing: 'contract',
      ndaAddresses: [email, ...colleagues],
    },
  })
  await staff.do(openAccount, { params: { partnerId: id }, body: { name: 'Dev', email, roles: ['developer_admin'] } })
  const developer = await activated(staff.origin, email, linkIn((await mail.waitFor(email, /activate/)).text))
  const application = await developer.do(createApplication, {
    body: { name: 'Application', partnerType: 'acquirer', description: '', products: ['cashier'] },
  })
  const params = { applicationId: application.id }
  const server = await TestPartner.start(staff.origin)
  const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  await developer.do(setNotificationUrl, {
    params: { ...params, api: 'notifyPayment' },
    body: { url: server.notifyUrl },
  })
  return { staff, partnerId: id, developer, application, server, sandbox }
}
