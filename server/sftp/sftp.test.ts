/** The SFTP server, with OpenSSH's own client and, for what that never sends, with a client of the library. */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ssh2, { type Client, type ParsedKey, type SFTPWrapper } from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logIn as logInToConsole } from '../../contract/accounts.ts'
import { deleteApplication } from '../../contract/applications.ts'
import { getSftp, listReports, makeTodaysReport, newSftpPassword, setSftpKey } from '../../contract/reports.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { SFTP } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration, PASSWORD } from '../../test/make.ts'
import { cashierOrder, orderKey } from '../../test/partner.ts'
import { freePort } from '../../test/port.ts'
import { download, parseReport, signed, whenMade } from '../../test/reports.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { until } from '../../test/until.ts'

const run = promisify(execFile)

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let stranger: Awaited<ReturnType<typeof makeIntegration>>
let port: number
let account: string
let folder: string
/** Where a test may write, and the key that the account has. */
let place: string
let keyFile: string

beforeAll(async () => {
  port = await freePort()
  const sftp = { host: '127.0.0.1', port, address: `127.0.0.1:${port}` }
  center = await startCenter({ config: { sftp } })
  made = await makeIntegration(center, { notify: false })
  stranger = await makeIntegration(center, { notify: false })
  account = (await made.developer.do(getSftp, { params: paramsOf() })).account
  folder = `/sandbox/settlements/clearing/${account}`
  place = mkdtempSync(join(tmpdir(), 'slipway-sftp-'))
  keyFile = await newKey('partner')
  await setKey(keyFile)
  const { stdout } = await run('ssh-keyscan', ['-p', String(port), '-t', 'ed25519', '127.0.0.1'])
  writeFileSync(join(place, 'known_hosts'), stdout)
})
afterAll(async () => {
  rmSync(place, { recursive: true, force: true })
  await made.server.close()
  await stranger.server.close()
  await center.close()
})

const paramsOf = (of = made) => ({ applicationId: of.application.id })
const setKey = (file: string | null, of = made) =>
  of.developer.do(setSftpKey, {
    params: paramsOf(of),
    body: { publicKey: file === null ? null : readFileSync(`${file}.pub`, 'utf8') },
  })

async function newKey(name: string, ...how: string[]): Promise<string> {
  const file = join(place, name)
  await run('ssh-keygen', ['-q', '-N', '', '-f', file, ...(how.length > 0 ? how : ['-t', 'ed25519'])])
  return file
}

async function newPassword(of = made): Promise<string> {
  const { newPassword: password } = await of.developer.do(newSftpPassword, { params: paramsOf(of) })
  plant('SFTP password', password)
  return password
}

const COMMON = () => ['-P', String(port), '-o', `UserKnownHostsFile=${join(place, 'known_hosts')}`]
const STRICT = ['-o', 'StrictHostKeyChecking=yes', '-o', 'IdentitiesOnly=yes']

/** Runs OpenSSH's sftp with these commands; the first that fails ends it. */
function sftp(commands: readonly string[], options: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn('sftp', [...COMMON(), ...STRICT, ...options, `${account}@127.0.0.1`], {
    cwd: place,
    env: { ...process.env, ...env },
  })
  const output: string[] = []
  child.stdout.on('data', (data) => output.push(String(data)))
  child.stderr.on('data', (data) => output.push(String(data)))
  child.stdin.end(commands.map((one) => `${one}\n`).join(''))
  return new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output: output.join('') })),
  )
}
const withKey = (commands: readonly string[], file = keyFile) =>
  sftp(commands, ['-b', '-', '-o', 'BatchMode=yes', '-i', file])

/** OpenSSH asks a program for the password where there is no terminal. */
function withPassword(commands: readonly string[], password: string) {
  const program = join(place, 'askpass.sh')
  writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$SFTP_TEST_PASSWORD"\n', { mode: 0o700 })
  const env = { SSH_ASKPASS: program, SSH_ASKPASS_REQUIRE: 'force', SFTP_TEST_PASSWORD: password, DISPLAY: ':0' }
  const only = ['-o', 'PreferredAuthentications=password', '-o', 'NumberOfPasswordPrompts=1']
  return sftp(commands, only, env)
}

async function pay(value: string): Promise<string> {
  const { body } = await made.server.pay(cashierOrder({ paymentAmount: { currency: 'USD', value } }))
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  return String(body.paymentId)
}

describe("OpenSSH's sftp", () => {
  test('fetches a report, and what it holds adds up to the payments', async () => {
    const values = ['1999', '250', '100000']
    for (const value of values) await pay(value)
    const refunded = await pay('5000')
    await made.server.refund({ paymentId: refunded, refundAmount: { currency: 'USD', value: '1234' } })
    await made.developer.do(makeTodaysReport, { params: paramsOf() })
    await whenMade(made.developer, made.application.id)
    mkdirSync(join(place, 'got'))
    const { code, output } = await withKey([`get -r ${folder}/* got`])
    expect(output).not.toMatch(/denied|fail/i)
    expect(code).toBe(0)
    const { items } = await made.developer.do(listReports, { params: paramsOf(), query: {} })
    const file = items.find(({ kind }) => kind === 'transactionItems')
    const text = readFileSync(join(place, 'got', file?.folder.split('/').at(-2) ?? '', file?.name ?? ''), 'utf8')
    const { head, details } = parseReport(text)
    expect(head.totalCount).toBe('5')
    const sum = details.reduce((total, line) => total + signed(line, 'settlementAmountValue'), 0n)
    expect(sum).toBe(BigInt(1999 + 250 + 100_000 + 5000 - 1234))
    // The page has the same bytes.
    expect(await download(made.developer, made.application.id, file?.id ?? '')).toBe(text)
  })

  test('logs in with the password, once it is made, and with no other', async () => {
    const password = await newPassword()
    expect(await withPassword(['pwd'], password)).toMatchObject({ code: 0, output: expect.stringContaining('/') })
    const wrong = await withPassword(['pwd'], `${password.slice(0, -1)}!`)
    expect(wrong.output).toMatch(/permission denied/i)
    const second = await newPassword()
    expect((await withPassword(['pwd'], password)).output).toMatch(/permission denied/i)
    expect((await withPassword(['pwd'], second)).code).toBe(0)
  })

  test('is refused with another key, and with the old one after a change', async () => {
    const other = await newKey('other')
    expect((await withKey(['pwd'], other)).output).toMatch(/permission denied/i)
    await setKey(other)
    expect((await withKey(['pwd'], other)).code).toBe(0)
    expect((await withKey(['pwd'])).output).toMatch(/permission denied/i)
    await setKey(keyFile)
  })

  test.each([
    ['rsa', ['-t', 'rsa', '-b', '2048']],
    ['ecdsa', ['-t', 'ecdsa', '-b', '256']],
  ])('logs in with a key of the kind %s', async (kind, how) => {
    const file = await newKey(kind, ...how)
    await setKey(file)
    expect((await withKey(['pwd'], file)).code).toBe(0)
    await setKey(keyFile)
  })

  test.each([
    ['put known_hosts /sandbox/new.csv', 'permission denied'],
    ['rm', 'permission denied'],
    ['rename', 'permission denied'],
    ['mkdir /sandbox/new', 'permission denied'],
    ['rmdir /sandbox/settlements', 'permission denied'],
    ['chmod 777 /sandbox/settlements', 'permission denied'],
    ['ln -s /etc/passwd /sandbox/passwd', 'permission denied'],
  ])('changes nothing: %s', async (command, refusal) => {
    const file = await aFile()
    const whole = command === 'rm' ? `rm ${file}` : command === 'rename' ? `rename ${file} ${file}.old` : command
    const { code, output } = await withKey([whole])
    expect(code).not.toBe(0)
    expect(output).toContain(`sftp> ${whole}`) // he is logged in: it is the command that is refused
    expect(output.toLowerCase()).toContain(refusal)
  })

  test.each([
    `/sandbox/settlements/clearing/../../../../../../etc/passwd`,
    `/etc/passwd`,
    `../../../etc/passwd`,
    `/sandbox//settlements/./clearing/%2e%2e/etc/passwd`,
    `/proc/self/environ`,
    `/sandbox/settlements/clearing/STRANGER/`,
    `/sandbox/settlements/clearing/OWN/../STRANGER/`,
  ])('sees nothing outside of its own folders: %s', async (path) => {
    const strangers = (await stranger.developer.do(getSftp, { params: paramsOf(stranger) })).account
    const asked = path.replace('STRANGER', strangers).replace('OWN', account)
    expect((await withKey([`ls ${asked}`])).output).toMatch(/not found|no such file/i)
    expect((await withKey([`get ${asked} stolen`])).code).not.toBe(0)
  })

  test('sees at the top what leads to its own files, and nothing else', async () => {
    const { output } = await withKey([
      'ls -1 /',
      'ls -1 /sandbox',
      'ls -1 /sandbox/settlements',
      'ls -1 /sandbox/settlements/clearing',
      'ls -1 /../..',
    ])
    const seen = output.split('\n').filter((line) => line !== '' && !line.startsWith('sftp>'))
    expect(seen).toEqual([
      '/sandbox',
      '/sandbox/settlements',
      '/sandbox/settlements/clearing',
      '/sandbox/settlements/settlement',
      `/sandbox/settlements/clearing/${account}`,
      expect.stringContaining('sandbox'),
    ])
  })
})

/** The path of the newest report; one is made where there is none. */
async function aFile(of = made): Promise<string> {
  const newest = async () => (await of.developer.do(listReports, { params: paramsOf(of), query: {} })).items[0]
  if (!(await newest())) {
    await of.developer.do(makeTodaysReport, { params: paramsOf(of) })
    await whenMade(of.developer, of.application.id)
  }
  const file = await newest()
  return `${file?.folder}${file?.name}`
}

test('the page shows the fingerprint that clients see, the same after a restart', async () => {
  const { hostKeyFingerprint, url } = await made.developer.do(getSftp, { params: paramsOf() })
  const { stdout } = await run('ssh-keygen', ['-lf', join(place, 'known_hosts')])
  expect(stdout).toContain(hostKeyFingerprint ?? 'none')
  expect(url).toBe(`sftp://127.0.0.1:${port}`)
  const own = await freePort()
  const node = await startCenter({
    database: center.database,
    mail: center.mail,
    config: { masterKey: center.config.masterKey, sftp: { host: '127.0.0.1', port: own, address: `127.0.0.1:${own}` } },
  }).catch((error: unknown) => error)
  // The embedded database has one server at a time, PostgreSQL many: where a second one starts, it has the same key.
  if (node instanceof Error) return
  const scanned = await run('ssh-keyscan', ['-p', String(own), '-t', 'ed25519', '127.0.0.1'])
  const keyIn = (text: string) => text.trim().split(' ').at(-1)
  expect(keyIn(scanned.stdout)).toBe(keyIn(readFileSync(join(place, 'known_hosts'), 'utf8')))
  await (node as Center).close()
})

// ── a client that does what no honest one does ───────────────────────────────────────────────────────────────────────────

function logIn(how: { username?: string; password?: string; privateKey?: string } = {}): Promise<Client> {
  const client = new ssh2.Client()
  const privateKey = how.password === undefined ? (how.privateKey ?? readFileSync(keyFile, 'utf8')) : undefined
  return new Promise((resolve, reject) => {
    client.once('ready', () => resolve(client))
    client.once('error', reject)
    client.once('close', () => reject(new Error('The connection was closed.')))
    client.connect({
      host: '127.0.0.1',
      port,
      username: how.username ?? account,
      ...(how.password === undefined ? {} : { password: how.password }),
      ...(privateKey === undefined ? {} : { privateKey }),
    })
  })
}

const open = (client: Client) =>
  new Promise<SFTPWrapper>((resolve, reject) =>
    client.sftp((error, session) => (error ? reject(error) : resolve(session))),
  )

/** From now on the channels of this client let so many bytes in, and never more. */
function takeNoMoreThan(client: Client, bytes: number): void {
  type Protocol = {
    session: (channel: number, window: number, packet: number) => void
    channelWindowAdjust: () => void
  }
  const { _protocol: protocol } = client as unknown as { _protocol: Protocol } // the library has no way to say it
  const begin = protocol.session.bind(protocol)
  protocol.session = (channel, _window, packet) => begin(channel, bytes, packet)
  protocol.channelWindowAdjust = () => undefined
}

/** The status that a call is refused with, or `answered`. */
const statusOf = (call: (done: (error?: Error | null) => void) => void) =>
  new Promise<number | string>((resolve) =>
    call((error) => resolve(error ? (error as Error & { code: number }).code : 'answered')),
  )

/** The greeting of a session; after it a client with no more room can be told nothing. */
const VERSION_BYTES = 9

const NO_SUCH_FILE = 2
const PERMISSION_DENIED = 3
const FAILURE = 4

describe('the protocol', () => {
  test('answers what would change something with PERMISSION_DENIED, and what is not there with NO_SUCH_FILE', async () => {
    const client = await logIn()
    const sftp = await open(client)
    const file = await aFile()
    const strangers = await aFile(stranger)
    const status = {
      write: await statusOf((done) => sftp.open(file, 'w', done)),
      append: await statusOf((done) => sftp.open(file, 'a', done)),
      readAndWrite: await statusOf((done) => sftp.open(file, 'r+', done)),
      create: await statusOf((done) => sftp.open(`${folder}/new`, 'wx', done)),
      remove: await statusOf((done) => sftp.unlink(file, done)),
      rename: await statusOf((done) => sftp.rename(file, `${file}.old`, done)),
      make: await statusOf((done) => sftp.mkdir(`${folder}/new`, done)),
      removeFolder: await statusOf((done) => sftp.rmdir(folder, done)),
      attributes: await statusOf((done) => sftp.setstat(file, { mode: 0o777 }, done)),
      link: await statusOf((done) => sftp.symlink('/etc/passwd', `${folder}/link`, done)),
      readLink: await statusOf((done) => sftp.readlink(file, done)),
      folderAsFile: await statusOf((done) => sftp.open(folder, 'r', done)),
      fileAsFolder: await statusOf((done) => sftp.opendir(file, done)),
      nothing: await statusOf((done) => sftp.stat(`${folder}/nothing`, done)),
      zero: await statusOf((done) => sftp.stat(`${file}\0`, done)),
      strangers: await statusOf((done) => sftp.open(strangers, 'r', done)),
      underAnotherName: await statusOf((done) => sftp.open(file.replace(account, '1'.repeat(19)), 'r', done)),
      long: await statusOf((done) => sftp.stat(`/${'a'.repeat(SFTP.pathChars)}`, done)),
    }
    expect(status).toEqual({
      write: PERMISSION_DENIED,
      append: PERMISSION_DENIED,
      readAndWrite: PERMISSION_DENIED,
      create: PERMISSION_DENIED,
      remove: PERMISSION_DENIED,
      rename: PERMISSION_DENIED,
      make: PERMISSION_DENIED,
      removeFolder: PERMISSION_DENIED,
      attributes: PERMISSION_DENIED,
      link: PERMISSION_DENIED,
      readLink: NO_SUCH_FILE,
      folderAsFile: FAILURE,
      fileAsFolder: NO_SUCH_FILE,
      nothing: NO_SUCH_FILE,
      zero: NO_SUCH_FILE,
      strangers: NO_SUCH_FILE,
      underAnotherName: NO_SUCH_FILE,
      long: NO_SUCH_FILE,
    })
    client.end()
  })

  test('reads at any place, and past the end there is nothing', async () => {
    const client = await logIn()
    const sftp = await open(client)
    const path = await aFile()
    const handle = await new Promise<Buffer>((resolve, reject) =>
      sftp.open(path, 'r', (error, opened) => (error ? reject(error) : resolve(opened))),
    )
    const read = (offset: number, length: number) =>
      new Promise<string>((resolve, reject) =>
        sftp.read(handle, Buffer.alloc(length), 0, length, offset, (error, count, content) =>
          error ? reject(error) : resolve(content.subarray(0, count).toString()),
        ),
      )
    const { items } = await made.developer.do(listReports, { params: paramsOf(), query: {} })
    const text = await download(made.developer, made.application.id, items[0]?.id ?? '')
    expect(await read(0, 20)).toBe(text.slice(0, 20))
    expect(await read(37, 11)).toBe(text.slice(37, 48))
    expect(await statusOf((done) => sftp.read(handle, Buffer.alloc(1), 0, 1, 10 ** 9, done))).toBe('answered')
    expect(await statusOf((done) => sftp.read(Buffer.from('none'), Buffer.alloc(1), 0, 1, 0, done))).toBe(FAILURE)
    client.end()
  })

  test('holds no more than so many files open for one session', async () => {
    const client = await logIn()
    const sftp = await open(client)
    const path = await aFile()
    const all = await Promise.all(
      Array.from({ length: SFTP.handles + 3 }, () => statusOf((done) => sftp.open(path, 'r', done))),
    )
    expect(all.filter((status) => status === 'answered')).toHaveLength(SFTP.handles)
    client.end()
  })

  test('drops a client that asks without end and takes nothing', async () => {
    const client = await logIn()
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    const sftp = await open(client)
    for (let i = 0; i < 10 * SFTP.queued; i++) sftp.stat(folder, () => undefined)
    await closed
  })

  test('forgets what a closed channel has asked', async () => {
    const client = await logIn()
    takeNoMoreThan(client, VERSION_BYTES)
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    for (let i = 0; i < 5 * SFTP.sessionsPerConnection; i++) {
      const sftp = await open(client)
      for (let j = 0; j < 5; j++) sftp.realpath('/', () => undefined)
      sftp.destroy()
    }
    await statusOf((done) => client.shell(done))
    await expect.poll(timers).toBeLessThan(before + SFTP.sessionsPerConnection)
    client.end()
  })

  test('has no shell, no command, and forwards nothing', async () => {
    const client = await logIn()
    expect(await statusOf((done) => client.shell(done))).not.toBe('answered')
    expect(await statusOf((done) => client.exec('id', done))).not.toBe('answered')
    expect(await statusOf((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', port, done))).not.toBe('answered')
    expect(await statusOf((done) => client.forwardIn('127.0.0.1', 0, done))).not.toBe('answered')
    client.end()
  })
})

describe('log-ins', () => {
  test('an unknown account is refused like a known one', async () => {
    const words = (error: unknown) => (error instanceof Error ? error.message : '')
    const unknown = words(await logIn({ username: '1'.repeat(19), password: 'x'.repeat(32) }).catch((error) => error))
    const known = words(await logIn({ password: 'x'.repeat(32) }).catch((error) => error))
    expect(unknown).toBe(known)
    expect(unknown).not.toBe('')
    const other = readFileSync(await newKey('nobody'), 'utf8')
    expect(words(await logIn({ username: '1'.repeat(19), privateKey: other }).catch((error) => error))).toBe(
      words(await logIn({ privateKey: other }).catch((error) => error)),
    )
  })

  test('whoever knows the public key, and has not the private one, stays outside', async () => {
    const parse = (file: string) => [ssh2.utils.parseKey(readFileSync(file))].flat()[0] as ParsedKey // written by ssh-keygen
    const known = parse(`${keyFile}.pub`)
    const own = parse(await newKey('thief'))
    class Thief extends ssh2.BaseAgent {
      asked = 0
      override getIdentities(cb: (error: Error | undefined, keys?: ParsedKey[]) => void) {
        cb(undefined, [known])
      }
      override sign(_key: unknown, data: Buffer, options: unknown, cb?: (error?: Error, signature?: Buffer) => void) {
        this.asked++ // so the server has said that a signature by this key would do
        const done = cb ?? (options as NonNullable<typeof cb>) // options may be left out
        done(undefined, own.sign(data))
      }
    }
    const agent = new Thief()
    const client = new ssh2.Client()
    const outcome = new Promise((resolve) => {
      client.once('ready', () => resolve('inside'))
      client.once('error', (error) => resolve(error.message))
    })
    client.connect({ host: '127.0.0.1', port, username: account, agent: agent as never })
    expect(await outcome).toMatch(/authentication methods failed/)
    expect(agent.asked).toBe(1)
    client.end()
  })

  test('guesses run out, also for the right password; a key still opens', async () => {
    const password = await newPassword(stranger)
    const { account: username } = await stranger.developer.do(getSftp, { params: paramsOf(stranger) })
    const guess = (word: string) =>
      logIn({ username, password: word }).then(
        (client) => {
          client.end()
          return true
        },
        () => false,
      )
    expect(await guess(password)).toBe(true)
    for (let i = 0; i < SFTP.triesPerPair; i++) expect(await guess(`wrong ${i}`)).toBe(false)
    expect(await guess(password)).toBe(false)
    await setKey(keyFile, stranger)
    const client = await logIn({ username })
    client.end()
    center.clock.forward(SFTP.tryWindowSeconds + 1)
    expect(await guess(password)).toBe(true)
    // So much later nobody is logged in to the console any more.
    for (const { developer } of [made, stranger])
      await developer.do(logInToConsole, { body: { email: developer.email, password: PASSWORD } })
  })

  test('a job with the right password may come as often as it likes', async () => {
    const password = await newPassword()
    for (let i = 0; i <= SFTP.triesPerAddress; i++) (await logIn({ password })).end()
  })

  test('a client that speaks no SSH is shut out', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('data', resolve)) // the server's name
    socket.end('GET / HTTP/1.1\r\n\r\n')
    await new Promise((resolve) => socket.once('close', resolve))
  })

  test('an account is on so many connections at once', async () => {
    const clients = []
    for (let i = 0; i < SFTP.connectionsPerAccount; i++) clients.push(await logIn())
    const more = await logIn().then(
      async (client) =>
        open(client).then(
          () => 'open',
          () => 'shut',
        ),
      () => 'shut',
    )
    expect(more).toBe('shut')
    for (const client of clients) client.end()
    await until(async () => {
      const client = await logIn()
      await open(client)
      client.end()
    })
  })

  test('end with what they rested on', async () => {
    const password = await newPassword()
    const client = await logIn({ password })
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    const sftp = await open(client)
    expect(await statusOf((done) => sftp.opendir(folder, done))).toBe('answered')
    await newPassword()
    expect(await statusOf((done) => sftp.opendir(folder, done))).toBe(PERMISSION_DENIED)
    await closed
  })

  test('end with their application', async () => {
    const gone = await makeIntegration(center, { notify: false })
    await setKey(keyFile, gone)
    const { account: username } = await gone.developer.do(getSftp, { params: paramsOf(gone) })
    const client = await logIn({ username })
    await gone.developer.do(deleteApplication, { params: paramsOf(gone), body: { typedName: gone.application.name } })
    const sftp = await open(client)
    expect(await statusOf((done) => sftp.opendir('/', done))).not.toBe('answered')
    await expect(logIn({ username })).rejects.toThrow()
    await gone.server.close()
  })
})

describe('the account in the console', () => {
  test('a password is shown once, asks for a fresh proof, and stands in the audit log without itself', async () => {
    const password = await newPassword()
    expect(password).toMatch(/^[\w-]{32}$/)
    const view = await made.developer.do(getSftp, { params: paramsOf() })
    expect(JSON.stringify(view)).not.toContain(password)
    expect(view.password).toMatchObject({ setBy: expect.stringMatching(/^Member/) })
    const { actions } = await entriesOf('sftp.password')
    expect(actions).toBeGreaterThan(0)
    center.clock.forward(301)
    const late = await made.developer.call(newSftpPassword, { params: paramsOf() })
    expect([late.status, late.body.code]).toEqual([403, 'session.proof_needed'])
  })

  test('a pasted text that is no good key says what it is', async () => {
    const admin = made.developer
    await admin.do(logInToConsole, { body: { email: admin.email, password: PASSWORD } })
    const codeOf = async (publicKey: string) =>
      (await admin.call(setSftpKey, { params: paramsOf(), body: { publicKey } })).body.code
    expect(await codeOf(readFileSync(keyFile, 'utf8'))).toBe('sftp.key_private')
    expect(await codeOf('ssh-ed25519 AAAA')).toBe('sftp.key_unreadable')
    expect(await codeOf('hello')).toBe('sftp.key_unreadable')
    expect(await codeOf(readFileSync(`${await newKey('short', '-t', 'rsa', '-b', '1024')}.pub`, 'utf8'))).toBe(
      'sftp.key_weak',
    )
  })
})

async function entriesOf(action: string) {
  const rows = await center.app.database.reader
    .selectFrom('audit_entries')
    .select(['after', 'before'])
    .where('action', '=', action)
    .execute()
  return { actions: rows.length }
}

test('a center without SFTP says so, and keeps no port open', async () => {
  const plain = await startCenter()
  const { developer, application, server } = await makeIntegration(plain, { notify: false })
  const params = { applicationId: application.id }
  expect(await developer.do(getSftp, { params })).toMatchObject({ url: null, hostKeyFingerprint: null })
  expect((await developer.call(newSftpPassword, { params })).body.code).toBe('sftp.off')
  await server.close()
  await plain.close()
})
