import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { sealWith } from './seal.ts'

const nameOf = (fault: string) => fault.split(':')[0]
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}
const folder = () => mkdtempSync(join(tmpdir(), 'slipway-config-'))

test('without any setting it is a development center on loopback', () => {
  const data = folder()
  const config = readConfig({ SLIPWAY_DATA: data })
  expect(config).toMatchObject({
    origin: 'http://localhost:4800',
    development: true,
    port: 4800,
    roles: ['web', 'worker'],
    clockFactor: 1,
  })
  expect(config.database).toEqual({ engine: 'sqlite', file: join(data, 'slipway.db') })
})

test('the master key is made once, for its owner only, and read again', () => {
  const data = folder()
  const first = readConfig({ SLIPWAY_DATA: data }).masterKey
  expect(first).toHaveLength(32)
  expect(statSync(join(data, 'master.key')).mode & 0o777).toBe(0o600)
  expect(readConfig({ SLIPWAY_DATA: data }).masterKey).toEqual(first)
})

test('every wrong setting is named at once', () => {
  const faults = (env: Record<string, string>) => faultsOf({ SLIPWAY_DATA: folder(), ...env })
  expect(
    faults({
      SLIPWAY_ORIGIN: 'http://developers.example.com',
      SLIPWAY_PORT: 'many',
      SLIPWAY_ROLES: 'web,queue',
      SLIPWAY_DATABASE: 'mysql://x',
      SLIPWAY_MASTER_KEY: 'c2hvcnQ=',
    }).map((fault) => fault.split(':')[0]),
  ).toEqual(['SLIPWAY_ORIGIN', 'SLIPWAY_ROLES', 'SLIPWAY_DATABASE', 'SLIPWAY_PORT', 'SLIPWAY_MASTER_KEY'])
  expect(faults({ SLIPWAY_ORIGIN: 'http://127.0.0.1/path' })).toHaveLength(1)
  expect(faults({ SLIPWAY_PORT: '70000' })).toEqual(['SLIPWAY_PORT: a port between 0 and 65535, not "70000"'])
  expect(faults({ SLIPWAY_PORT: '80.5' })).toHaveLength(1)
  expect(faults({ SLIPWAY_LOG_LEVEL: 'loud' })).toHaveLength(1)
  for (const url of ['mail.example.com', 'https://mail.example.com'])
    expect(faults({ SLIPWAY_SMTP_URL: url })).toEqual([expect.stringMatching(/^SLIPWAY_SMTP_URL: an address such as/)])
  for (const url of ['gateway.example.com', 'http://gateway.example.com', 'https://me@gateway.example.com'])
    expect(faults({ SLIPWAY_PRODUCTION_GATEWAY: url })).toEqual([
      expect.stringMatching(/^SLIPWAY_PRODUCTION_GATEWAY: an https/),
    ])
  expect(faults({ SLIPWAY_MASTER_KEY_FILE: '/nowhere/at/all' })).toHaveLength(1)
})

test('SFTP is off, or listens on a port of its own; partners are shown where', () => {
  const of = (env: Record<string, string>) => readConfig({ SLIPWAY_DATA: folder(), ...env }).sftp
  expect(of({})).toBeNull()
  expect(of({ SLIPWAY_SFTP_PORT: '4822' })).toEqual({ host: '127.0.0.1', port: 4822, address: 'localhost:4822' })
  const named = {
    SLIPWAY_SFTP_PORT: '4822',
    SLIPWAY_SFTP_HOST: '0.0.0.0',
    SLIPWAY_SFTP_ADDRESS: 'sftp.network.test:22',
  }
  expect(of(named)).toEqual({ host: '0.0.0.0', port: 4822, address: 'sftp.network.test:22' })
  const faults = (env: Record<string, string>) => faultsOf({ SLIPWAY_DATA: folder(), ...env }).map(nameOf)
  for (const port of ['many', '0', '65536', '22.5', '4800'])
    expect(faults({ SLIPWAY_SFTP_PORT: port }), port).toContain('SLIPWAY_SFTP_PORT')
  for (const address of ['sftp.network.test', 'sftp://sftp.network.test:22', 'a b:22'])
    expect(faults({ SLIPWAY_SFTP_PORT: '4822', SLIPWAY_SFTP_ADDRESS: address })).toEqual(['SLIPWAY_SFTP_ADDRESS'])
})

test('ranges of proxies, times of sessions and files are checked', () => {
  const faults = (env: Record<string, string>) => faultsOf({ SLIPWAY_DATA: folder(), ...env }).map(nameOf)
  expect(faults({ SLIPWAY_TRUSTED_PROXIES: '10.0.0.0/8, fd00::1' })).toEqual([])
  expect(faults({ SLIPWAY_TRUSTED_PROXIES: '10.0.0.0/8, everyone' })).toEqual(['SLIPWAY_TRUSTED_PROXIES'])
  expect(faults({ SLIPWAY_SESSION_IDLE_MINUTES: '0' })).toEqual(['SLIPWAY_SESSION_IDLE_MINUTES'])
  expect(faults({ SLIPWAY_NETWORK_LOGO: '/nowhere/logo.svg' })).toEqual(['SLIPWAY_NETWORK_LOGO'])
  const noLogo = join(folder(), 'logo.svg')
  writeFileSync(noLogo, 'GIF89a')
  expect(faults({ SLIPWAY_NETWORK_LOGO: noLogo })).toEqual(['SLIPWAY_NETWORK_LOGO'])
  expect(faults({ SLIPWAY_INVITE_NDA_ONLY: 'perhaps' })).toEqual(['SLIPWAY_INVITE_NDA_ONLY'])
})

test('what a launch needs is checked', () => {
  const faults = (env: Record<string, string>) => faultsOf({ SLIPWAY_DATA: folder(), ...env }).map(nameOf)
  expect(faults({ SLIPWAY_LAUNCH_REVIEW: 'sometimes' })).toEqual(['SLIPWAY_LAUNCH_REVIEW'])
  for (const url of ['http://events.network.test', 'https://a:b@events.network.test', 'events'])
    expect(faults({ SLIPWAY_LAUNCH_EVENT_URL: url }), url).toEqual(['SLIPWAY_LAUNCH_EVENT_URL'])
  expect(faults({ SLIPWAY_LAUNCH_EVENT_URL: 'https://10.0.0.5:9443/slipway' })).toEqual([])
  expect(faults({ SLIPWAY_REGISTRY_TOKEN: 'a'.repeat(31) })).toEqual(['SLIPWAY_REGISTRY_TOKEN'])
  expect(faults({ SLIPWAY_REGISTRY_TOKEN: 'a'.repeat(32) })).toEqual([])
  expect(faults({ SLIPWAY_PRODUCTION_KEY: 'AAAA' })).toEqual(['SLIPWAY_PRODUCTION_KEY'])
})

describe('behind https', () => {
  const safe = () => {
    const data = folder()
    chmodSync(data, 0o700)
    return {
      SLIPWAY_ORIGIN: 'https://developers.network.test',
      SLIPWAY_DATA: data,
      SLIPWAY_NETWORK_NAME: 'Harbour Pay',
      SLIPWAY_SUPPORT_MAILBOX: 'support@network.test',
      SLIPWAY_ARCHITECTS_CONTACT: 'architects@network.test',
      SLIPWAY_MAIL_FROM: 'Harbour Pay <no-reply@network.test>',
    }
  }
  const openFile = (data: string, name: string) => {
    writeFileSync(join(data, name), randomBytes(32).toString('base64'))
    chmodSync(join(data, name), 0o644)
    return {}
  }

  test('a safe center starts', () => expect(faultsOf(safe())).toEqual([]))

  const unsafe: [string, string, (data: string) => Record<string, string>][] = [
    ['a plain origin', 'SLIPWAY_ORIGIN', () => ({ SLIPWAY_ORIGIN: 'http://developers.network.test' })],
    ['a mailbox left at its default', 'SLIPWAY_SUPPORT_MAILBOX', () => ({ SLIPWAY_SUPPORT_MAILBOX: '' })],
    ['the sender of an example', 'SLIPWAY_MAIL_FROM', () => ({ SLIPWAY_MAIL_FROM: 'a@example.com' })],
    ['no name', 'SLIPWAY_NETWORK_NAME', () => ({ SLIPWAY_NETWORK_NAME: '' })],
    ['a quick clock', 'SLIPWAY_CLOCK_FACTOR', () => ({ SLIPWAY_CLOCK_FACTOR: '60' })],
    ['no rations', 'SLIPWAY_RATE_FACTOR', () => ({ SLIPWAY_RATE_FACTOR: '1000' })],
    ['debugging', 'SLIPWAY_LOG_LEVEL', () => ({ SLIPWAY_LOG_LEVEL: 'debug' })],
    ['production on loopback', 'SLIPWAY_PRODUCTION_LOOPBACK', () => ({ SLIPWAY_PRODUCTION_LOOPBACK: 'yes' })],
    ['an inspector', 'NODE_OPTIONS', () => ({ NODE_OPTIONS: '--inspect=0.0.0.0:9229' })],
    [
      'a key that is not random',
      'SLIPWAY_MASTER_KEY',
      () => ({ SLIPWAY_MASTER_KEY: Buffer.alloc(32, 'secret').toString('base64') }),
    ],
    ['a short key', 'SLIPWAY_MASTER_KEY', () => ({ SLIPWAY_MASTER_KEY: 'c2hvcnQ=' })],
    ['a key that others can read', 'SLIPWAY_MASTER_KEY_FILE', (data) => openFile(data, 'master.key')],
    ['a database that others can read', 'SLIPWAY_DATA', (data) => openFile(data, 'slipway.db')],
    [
      'a folder that others can read',
      'SLIPWAY_DATA',
      (data) => {
        chmodSync(data, 0o755)
        return {}
      },
    ],
    [
      'a database elsewhere without TLS',
      'SLIPWAY_DATABASE',
      () => ({ SLIPWAY_DATABASE: 'postgres://slipway@db.network.test/slipway' }),
    ],
    [
      'a database elsewhere behind a parameter',
      'SLIPWAY_DATABASE',
      () => ({ SLIPWAY_DATABASE: 'postgres://slipway@localhost/slipway?host=db.network.test' }),
    ],
    [
      'a certificate that is not checked',
      'SLIPWAY_DATABASE',
      () => ({ SLIPWAY_DATABASE: 'postgres://db.network.test/slipway?sslmode=verify-ca&uselibpqcompat=true' }),
    ],
    ['mail in the clear', 'SLIPWAY_SMTP_URL', () => ({ SLIPWAY_SMTP_URL: 'smtp://mail.network.test' })],
  ]
  test.each(unsafe)('%s stops the start, and %s is named', (_what, name, change) => {
    const env = safe()
    const faults = faultsOf({ ...env, ...change(env.SLIPWAY_DATA) })
    expect(faults.map(nameOf)).toContain(name)
  })

  test('on loopback nothing of it applies', () => {
    expect(faultsOf({ SLIPWAY_DATA: folder(), SLIPWAY_CLOCK_FACTOR: '60', SLIPWAY_LOG_LEVEL: 'debug' })).toEqual([])
  })
})

test('secrets are not in what a wrong start prints', () => {
  const file = join(folder(), 'key')
  writeFileSync(file, 'c2VjcmV0LXNlY3JldA==')
  expect(() => readConfig({ SLIPWAY_MASTER_KEY_FILE: file })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('c2Vj') }),
  )
})

test('what is sealed is readable with the same key only, and not when a bit has changed', () => {
  const seal = sealWith(Buffer.alloc(32, 1))
  const sealed = seal.seal('naïve ☂')
  expect(seal.open(sealed)).toBe('naïve ☂')
  expect(seal.seal('naïve ☂')).not.toBe(sealed)
  expect(() => sealWith(Buffer.alloc(32, 2)).open(sealed)).toThrow()
  const at = sealed.length - 3
  expect(() => seal.open(`${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`)).toThrow()
})
