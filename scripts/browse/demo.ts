/** A demo of its own for the scripts that look at pages: begun from nothing, with some calls in its log. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logIn } from '../../contract/accounts.ts'
import { getSandbox, listApplications } from '../../contract/applications.ts'
import { TestBrowser } from '../../test/browser.ts'
import type { DemoState } from '../demo/seed.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Demo = {
  origin: string
  exampleOrigin: string
  accounts: DemoState['accounts']
  applicationId: string
  /** Of the applications that are live, and in review. */
  launchedId: string
  inReviewId: string
  walletUrl: string
  /** The mails that the demo has sent, newest first. */
  mails(): { to: string; text: string }[]
  stop(): Promise<void>
}

export async function startDemo(name: string, port: number): Promise<Demo> {
  rmSync(join(ROOT, 'data', name), { recursive: true, force: true })
  const child = spawn(process.execPath, ['scripts/run.mjs', 'demo'], {
    cwd: ROOT,
    env: { ...process.env, SLIPWAY_DEMO_NAME: name, SLIPWAY_DEMO_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (data) => {
      said += String(data)
      if (said.includes('Slipway is ready.')) resolve()
    })
    child.once('exit', () => reject(new Error(`The demo did not start:\n${said}`)))
  })
  const state = JSON.parse(readFileSync(join(ROOT, 'data', name, 'demo.json'), 'utf8')) as DemoState // written by the demo
  const origin = `http://localhost:${port}`
  const [, admin] = state.accounts
  if (!admin) throw new Error('The demo has no accounts.')
  const browser = new TestBrowser(origin)
  await browser.do(logIn, { body: { email: admin.email, password: admin.password } })
  const { items } = await browser.do(listApplications, {})
  const find = (name: string) => {
    const found = items.find((one) => one.name === name)
    if (!found) throw new Error(`The demo has no application ${name}.`)
    return found
  }
  const application = find('Web shop')
  const { testWalletUrl } = await browser.do(getSandbox, { params: { applicationId: application.id } })
  await makeWrongCall(origin, state.clientId)
  return {
    origin,
    exampleOrigin: `http://localhost:${port + 2}`,
    accounts: state.accounts,
    applicationId: application.id,
    launchedId: find('Ferry tickets').id,
    inReviewId: find('Museum passes').id,
    walletUrl: testWalletUrl,
    mails: () =>
      JSON.parse(readFileSync(join(ROOT, 'data', name, 'mails.json'), 'utf8')) as { to: string; text: string }[], // written by the demo
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** A log with nothing refused in it shows half of what it can. */
async function makeWrongCall(origin: string, clientId: string): Promise<void> {
  await fetch(`${origin}/aps/api/v1/payments/inquiryPayment`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'client-id': clientId,
      'request-time': new Date().toISOString(),
      signature: 'algorithm=RSA256,keyVersion=1,signature=bm90IGEgc2lnbmF0dXJl',
    },
    body: JSON.stringify({ paymentRequestId: 'order-2041-try-1' }),
  })
}

export async function sessionCookies(demo: Demo, email: string) {
  const account = demo.accounts.find((one) => one.email.startsWith(email))
  if (!account) throw new Error(`The demo has no account of ${email}.`)
  const browser = new TestBrowser(demo.origin)
  await browser.do(logIn, { body: { email: account.email, password: account.password } })
  return [...browser.cookies].map(([name, value]) => ({ name, value, url: demo.origin }))
}
