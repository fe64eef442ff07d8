/** The only reader of the environment: settings.ts says what there is. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPublicKey, randomBytes } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { REGISTRY } from '../rules/limits.ts'
import type { DatabaseAddress } from './db/database.ts'
import { type Logo, readLogo } from './logo.ts'
import { unsafe } from './safe-start.ts'
import { type SettingName, SETTINGS } from './settings.ts'

export type Config = {
  origin: string
  host: string
  port: number
  /** The origin is plain http on loopback: cookies without Secure, loopback targets allowed. */
  development: boolean
  database: DatabaseAddress
  roles: readonly ('web' | 'worker')[]
  network: { name: string; supportMailbox: string; architectsContact: string; logo: Logo | null }
  mail: { smtpUrl: string; from: string }
  trustedProxies: string[]
  session: { idleSeconds: number; absoluteSeconds: number }
  inviteNdaOnly: boolean
  /** A solution architect confirms each launch. */
  launchReview: boolean
  /** Empty: nobody is told. */
  launchEventUrl: string
  /** Empty: the registry API is off. */
  registryToken: string
  /** What partners are shown of the network's production gateway; empty where it is not set. `loopback`: their URLs may lead to us. */
  production: { gateway: string; publicKey: string; loopback: boolean }
  /** Null: there is no SFTP. `address`: what partners are shown. */
  sftp: { host: string; port: number; address: string } | null
  /** Empty: there is no such file. */
  breachedHashes: string
  clockFactor: number
  rateFactor: number
  logDays: number
  logLevel: string
  masterKey: Buffer
}

/** Reads and checks everything at once: a wrong start names every wrong setting, not the first. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = []
  const text = (name: SettingName) => env[name]?.trim() || SETTINGS[name][0]
  const number = (name: SettingName, least: number) => {
    const value = Number(text(name))
    if (!Number.isFinite(value) || value < least)
      faults.push(`${name}: a number of at least ${least}, not "${text(name)}"`)
    return value
  }

  const origin = originOf(text('SLIPWAY_ORIGIN'), faults)
  const roles = text('SLIPWAY_ROLES')
    .split(',')
    .map((role) => role.trim())
  const known = roles.filter((role) => role === 'web' || role === 'worker')
  if (known.length !== roles.length) faults.push(`SLIPWAY_ROLES: web, worker, or both, not "${text('SLIPWAY_ROLES')}"`)

  const dataDir = text('SLIPWAY_DATA')
  const url = text('SLIPWAY_DATABASE')
  if (url !== '' && !/^postgres(ql)?:\/\//.test(url))
    faults.push('SLIPWAY_DATABASE: a URL that begins with postgres://')
  const poolSize = number('SLIPWAY_DATABASE_POOL', 1)
  const settings = {
    port: portOf('SLIPWAY_PORT', text('SLIPWAY_PORT'), 0, faults),
    clockFactor: number('SLIPWAY_CLOCK_FACTOR', 0.001),
    rateFactor: number('SLIPWAY_RATE_FACTOR', 0.001),
    logDays: number('SLIPWAY_LOG_DAYS', 1),
  }
  const session = {
    idleSeconds: number('SLIPWAY_SESSION_IDLE_MINUTES', 1) * 60,
    absoluteSeconds: number('SLIPWAY_SESSION_HOURS', 1) * 3600,
  }
  const trustedProxies = readRanges('SLIPWAY_TRUSTED_PROXIES', text('SLIPWAY_TRUSTED_PROXIES'), faults)
  const isYes = (name: SettingName) => {
    const answer = text(name)
    if (answer !== 'yes' && answer !== 'no') faults.push(`${name}: yes or no, not "${answer}"`)
    return answer === 'yes'
  }
  const inviteNdaOnly = isYes('SLIPWAY_INVITE_NDA_ONLY')
  const launch = {
    launchReview: isYes('SLIPWAY_LAUNCH_REVIEW'),
    launchEventUrl: eventUrlOf(text('SLIPWAY_LAUNCH_EVENT_URL'), faults),
    registryToken: text('SLIPWAY_REGISTRY_TOKEN'),
    production: {
      gateway: gatewayOf(text('SLIPWAY_PRODUCTION_GATEWAY'), faults),
      publicKey: publicKeyOf(text('SLIPWAY_PRODUCTION_KEY'), faults),
      loopback: isYes('SLIPWAY_PRODUCTION_LOOPBACK'),
    },
  }
  if (launch.registryToken !== '' && launch.registryToken.length < REGISTRY.tokenMin)
    faults.push(`SLIPWAY_REGISTRY_TOKEN: at least ${REGISTRY.tokenMin} characters (openssl rand -base64 32)`)
  const sftp = readSftp(text, origin.hostname, settings.port, faults)
  const breachedHashes = text('SLIPWAY_BREACHED_HASHES')
  if (breachedHashes !== '' && !existsSync(breachedHashes))
    faults.push(`SLIPWAY_BREACHED_HASHES: there is no file ${breachedHashes}`)
  const smtpUrl = text('SLIPWAY_SMTP_URL')
  if (!URL.canParse(smtpUrl) || !/^smtps?:$/.test(new URL(smtpUrl).protocol))
    faults.push('SLIPWAY_SMTP_URL: an address such as smtps://user:password@mail.example.com')
  const logLevel = text('SLIPWAY_LOG_LEVEL')
  if (!LOG_LEVELS.includes(logLevel))
    faults.push(`SLIPWAY_LOG_LEVEL: one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`)
  const logo = text('SLIPWAY_NETWORK_LOGO') === '' ? null : readLogo(text('SLIPWAY_NETWORK_LOGO'))
  if (typeof logo === 'string') faults.push(`SLIPWAY_NETWORK_LOGO: ${logo}`)
  const masterKey = readMasterKey(text('SLIPWAY_MASTER_KEY'), text('SLIPWAY_MASTER_KEY_FILE'), dataDir, faults)
  const development = origin.protocol === 'http:'
  if (!development) faults.push(...unsafe({ env, dataDir, usesSqlite: url === '', masterKey, text }))
  if (faults.length > 0) throw new ConfigError(faults)

  return {
    ...settings,
    session,
    trustedProxies,
    inviteNdaOnly,
    ...launch,
    sftp,
    breachedHashes,
    origin: origin.origin,
    development,
    host: text('SLIPWAY_HOST'),
    database:
      url === '' ? { engine: 'sqlite', file: join(dataDir, 'slipway.db') } : { engine: 'postgres', url, poolSize },
    roles: known,
    network: {
      name: text('SLIPWAY_NETWORK_NAME'),
      supportMailbox: text('SLIPWAY_SUPPORT_MAILBOX'),
      architectsContact: text('SLIPWAY_ARCHITECTS_CONTACT'),
      logo: typeof logo === 'string' ? null : logo,
    },
    mail: { smtpUrl, from: text('SLIPWAY_MAIL_FROM') },
    logLevel,
    masterKey,
  }
}

export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`The settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/** Those of the logger, and none. */
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

function originOf(text: string, faults: string[]): URL {
  const fallback = new URL('http://localhost')
  if (!URL.canParse(text)) {
    faults.push(`SLIPWAY_ORIGIN: an address such as https://developers.example.com, not "${text}"`)
    return fallback
  }
  const url = new URL(text)
  const loopback = LOOPBACK.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    faults.push('SLIPWAY_ORIGIN: https; plain http is for loopback only')
  }
  if (url.pathname !== '/' || url.search !== '') faults.push('SLIPWAY_ORIGIN: scheme, host and port only')
  return url
}

/** `least` 0: the system chooses. */
function portOf(name: SettingName, text: string, least: 0 | 1, faults: string[]): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < least || port > 65_535)
    faults.push(`${name}: a port between ${least} and 65535, not "${text}"`)
  return port
}

/** Shown to partners as it is, so nothing in it may surprise them. */
function gatewayOf(text: string, faults: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isRight = url?.protocol === 'https:' && url.username === '' && url.search === '' && url.hash === ''
  if (text !== '' && !isRight)
    faults.push(`SLIPWAY_PRODUCTION_GATEWAY: an https address such as https://gateway.example.com, not "${text}"`)
  return text
}

/** Events name keys and addresses of partners: they go over https, or to this machine. */
function eventUrlOf(text: string, faults: string[]): string {
  if (text === '') return ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isNear = url?.protocol === 'http:' && LOOPBACK.test(url.hostname)
  if (url === undefined || !(url.protocol === 'https:' || isNear) || url.username !== '' || url.password !== '')
    faults.push(`SLIPWAY_LAUNCH_EVENT_URL: an https address without user and password`)
  return text
}

function readSftp(text: (name: SettingName) => string, host: string, taken: number, faults: string[]): Config['sftp'] {
  const wished = text('SLIPWAY_SFTP_PORT')
  if (wished === '') return null
  const port = portOf('SLIPWAY_SFTP_PORT', wished, 1, faults)
  if (port === taken) faults.push('SLIPWAY_SFTP_PORT: another port than SLIPWAY_PORT')
  const address = text('SLIPWAY_SFTP_ADDRESS') || `${host}:${port}`
  if (!/^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i.test(address))
    faults.push(`SLIPWAY_SFTP_ADDRESS: host:port, such as sftp.example.com:22, not "${address}"`)
  return { host: text('SLIPWAY_SFTP_HOST'), port, address }
}

function publicKeyOf(text: string, faults: string[]): string {
  if (text === '') return ''
  try {
    createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
  } catch {
    faults.push('SLIPWAY_PRODUCTION_KEY: base64 of a SubjectPublicKeyInfo')
  }
  return text
}

/** Addresses and ranges such as 10.0.0.5 or fd00::/8. */
function readRanges(name: SettingName, list: string, faults: string[]): string[] {
  const ranges = list
    .split(',')
    .map((range) => range.trim())
    .filter((range) => range !== '')
  for (const range of ranges) {
    const valid = range.includes('/') ? ipaddr.isValidCIDR(range) : ipaddr.isValid(range)
    if (!valid) faults.push(`${name}: an address or a range such as 10.0.0.0/8, not "${range}"`)
  }
  return ranges
}

function readMasterKey(base64: string, file: string, dataDir: string, faults: string[]): Buffer {
  const path = file || join(dataDir, 'master.key')
  if (base64 === '' && file === '' && !existsSync(path)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    // `wx`: of two first starts one makes the key, and the other reads it.
    try {
      writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  if (base64 === '' && !existsSync(path)) {
    faults.push(`SLIPWAY_MASTER_KEY_FILE: there is no file ${path}`)
    return Buffer.alloc(32)
  }
  const key = Buffer.from(base64 || readFileSync(path, 'utf8').trim(), 'base64')
  if (key.length !== 32) faults.push('SLIPWAY_MASTER_KEY: base64 of exactly 32 bytes (openssl rand -base64 32)')
  return key
}
