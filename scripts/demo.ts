/**
 * `npm run demo`: the whole center with the embedded database in data/demo/, a mail server whose mails can be read in the browser,
 * a partner of each role, and the example partner making real traffic. Everything is set up through the real interface.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStale } from './build.ts'
import { openMailbox } from './demo/mailbox.ts'
import { type DemoState, seedDemo } from './demo/seed.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = join(ROOT, 'data', process.env.SLIPWAY_DEMO_NAME ?? 'demo')
const STATE = join(FOLDER, 'demo.json')
const PORTS = {
  center: Number(process.env.SLIPWAY_DEMO_PORT ?? 4800),
  mailbox: 0,
  smtp: 0,
  example: 0,
  wallet: 0,
  sftp: 0,
}
PORTS.mailbox = PORTS.center + 1
PORTS.example = PORTS.center + 2
PORTS.smtp = PORTS.center + 3
PORTS.wallet = PORTS.center + 4
PORTS.sftp = PORTS.center + 22
const ORIGIN = `http://localhost:${PORTS.center}`
const EXAMPLE = `http://localhost:${PORTS.example}`
const WALLET = `http://localhost:${PORTS.wallet}`

await buildStale()
mkdirSync(FOLDER, { recursive: true, mode: 0o700 })
// A first start that was cut off is begun anew: what the file does not tell cannot be used.
if (!existsSync(STATE)) {
  for (const name of ['center', 'mails.json']) rmSync(join(FOLDER, name), { recursive: true, force: true })
}

const mailbox = await openMailbox({
  smtpPort: PORTS.smtp,
  httpPort: PORTS.mailbox,
  file: join(FOLDER, 'mails.json'),
}).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
const children: ChildProcess[] = []
let stopping = false
const environment = {
  ...process.env,
  SLIPWAY_ORIGIN: ORIGIN,
  SLIPWAY_HOST: 'localhost',
  SLIPWAY_PORT: String(PORTS.center),
  SLIPWAY_DATA: join(FOLDER, 'center'),
  SLIPWAY_DATABASE: '',
  SLIPWAY_SMTP_URL: `smtp://localhost:${PORTS.smtp}`,
  SLIPWAY_NETWORK_NAME: 'Harbour Pay',
  SLIPWAY_SUPPORT_MAILBOX: 'support@harbourpay.example',
  SLIPWAY_ARCHITECTS_CONTACT: 'architects@harbourpay.example',
  SLIPWAY_MAIL_FROM: 'Harbour Pay <no-reply@harbourpay.example>',
  SLIPWAY_SFTP_PORT: String(PORTS.sftp),
  SLIPWAY_SFTP_HOST: 'localhost',
  // Two hours of the ladder pass in two minutes.
  SLIPWAY_CLOCK_FACTOR: '60',
  SLIPWAY_RATE_FACTOR: '10',
  // The example partner plays its production system too.
  SLIPWAY_PRODUCTION_LOOPBACK: 'yes',
  SLIPWAY_PRODUCTION_GATEWAY: 'https://gateway.harbourpay.example',
}
run('center', 'dist/server/main.js', environment)
await answers(`${ORIGIN}/health/ready`)

const state: DemoState = existsSync(STATE)
  ? (JSON.parse(readFileSync(STATE, 'utf8')) as DemoState) // written by ourselves below
  : await seedDemo({
      origin: ORIGIN,
      exampleOrigin: EXAMPLE,
      walletOrigin: WALLET,
      folder: FOLDER,
      environment,
      mailbox,
      newPassword,
    })
writeFileSync(STATE, JSON.stringify(state, null, 2), { mode: 0o600 })

run('example', 'examples/node-acquirer/server.mjs', {
  ...process.env,
  GATEWAY: ORIGIN,
  CLIENT_ID: state.clientId,
  NETWORK_PUBLIC_KEY: state.networkPublicKey,
  PRIVATE_KEY_FILE: join(FOLDER, 'example-private.pem'),
  PORT: String(PORTS.example),
  PUBLIC_ORIGIN: EXAMPLE,
})
await answers(`${EXAMPLE}/orders`)
run('wallet', 'examples/node-wallet/server.mjs', {
  ...process.env,
  GATEWAY: ORIGIN,
  CLIENT_ID: state.wallet.clientId,
  NETWORK_PUBLIC_KEY: state.wallet.networkPublicKey,
  PRIVATE_KEY_FILE: join(FOLDER, 'wallet-private.pem'),
  PORT: String(PORTS.wallet),
})
await answers(`${WALLET}/payments`)
await makeTraffic()
tell()

function newPassword(): string {
  return `demo-${randomBytes(9).toString('base64url')}-pass`
}

function run(name: string, script: string, env: NodeJS.ProcessEnv): void {
  const child = spawn(process.execPath, [script], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const keep = (data: Buffer) => lines.push(data.toString())
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('exit', (code) => {
    if (stopping) return
    console.error(`The ${name} ended unexpectedly (${code}):\n${lines.join('').slice(-2000)}`)
    void stop(1)
  })
  children.push(child)
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    if (Date.now() > deadline) throw new Error(`${url} did not answer within 30 seconds.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** One order, and one that the example wallet pays in the shop, so that a newcomer finds calls of both kinds in the logs. */
async function makeTraffic(): Promise<void> {
  const post = async (url: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as { paymentCodes?: { paymentCode: string }[] }
  }
  await post(`${EXAMPLE}/orders`, {})
  const { paymentCodes: [code] = [] } = await post(`${WALLET}/codes`, { customerId: 'ada' })
  await post(`${EXAMPLE}/orders`, { code: code?.paymentCode })
}

function tell(): void {
  const rows = state.accounts.map(({ role, email, password }) => `  ${role.padEnd(38)} ${email.padEnd(34)} ${password}`)
  console.log(`
Slipway is ready.

  Developer center       ${ORIGIN}
  Mails of the demo      http://localhost:${PORTS.mailbox}
  Example partner        ${EXAMPLE}   (buy something: the payer's page is the Test Wallet)
  Example wallet         ${WALLET}   (GET /payments; its README says what else)
  Docs                   ${ORIGIN}/docs/
  Report files           sftp -P ${PORTS.sftp} <Participant ID>@localhost   (account and password: Sandbox, Settings)

Accounts
${rows.join('\n')}

  To make your own first call: log in as Developer Admin, and follow ${ORIGIN}/docs/guide/quick-start

Stop with Ctrl-C. Start anew from nothing: delete data/demo.
`)
}

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  await Promise.all(
    children.map((child) => {
      if (child.exitCode !== null) return undefined
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return ended
    }),
  )
  await mailbox.close()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0))
