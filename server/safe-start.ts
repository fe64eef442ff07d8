/**
 * What a center that people reach over https must not be started with. Each line names the setting, what is wrong, and what would be
 * right; docs/guide/operate.md has the same list in words. On loopback nothing of it applies.
 */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SettingName } from './settings.ts'

type Start = {
  env: Record<string, string | undefined>
  dataDir: string
  usesSqlite: boolean
  masterKey: Buffer
  text(name: SettingName): string
}

export function unsafe(start: Start): string[] {
  return [examples, testSettings, weakKey, openFiles, openDatabase, openMail].flatMap((check) => check(start))
}

/** The defaults are for a laptop: mail that names localhost reaches nobody. */
function examples({ text }: Start): string[] {
  const places = ['SLIPWAY_SUPPORT_MAILBOX', 'SLIPWAY_ARCHITECTS_CONTACT', 'SLIPWAY_MAIL_FROM'] as const
  const left = places
    .filter((name) => /@(localhost|example\.(com|org|net))\b/i.test(text(name)))
    .map((name) => `${name}: still "${text(name)}"; set an address of the network`)
  return text('SLIPWAY_NETWORK_NAME') === 'Slipway'
    ? [...left, 'SLIPWAY_NETWORK_NAME: still "Slipway"; set the network\'s name']
    : left
}

/** What makes tests quick makes a real center weak. */
function testSettings({ env, text }: Start): string[] {
  const faults: string[] = []
  if (text('SLIPWAY_CLOCK_FACTOR') !== '1') faults.push('SLIPWAY_CLOCK_FACTOR: must be 1 where the origin is https')
  if (Number(text('SLIPWAY_RATE_FACTOR')) > 100)
    faults.push('SLIPWAY_RATE_FACTOR: at most 100 where the origin is https')
  if (['debug', 'trace'].includes(text('SLIPWAY_LOG_LEVEL')))
    faults.push('SLIPWAY_LOG_LEVEL: debug is for development; use info')
  if (text('SLIPWAY_PRODUCTION_LOOPBACK') !== 'no')
    faults.push('SLIPWAY_PRODUCTION_LOOPBACK: must be no where the origin is https')
  if (/--inspect/.test(`${env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`))
    faults.push('NODE_OPTIONS: --inspect lets whoever reaches the port run code; leave it out')
  return faults
}

/** Random bytes do not repeat much: of 32 about 30 are different. */
const LEAST_DIFFERENT = 20

function weakKey({ masterKey, text }: Start): string[] {
  const name = text('SLIPWAY_MASTER_KEY') === '' ? 'SLIPWAY_MASTER_KEY_FILE' : 'SLIPWAY_MASTER_KEY'
  return new Set(masterKey).size >= LEAST_DIFFERENT
    ? []
    : [`${name}: not random; make one with openssl rand -base64 32`]
}

/** Files with secrets are for the owner only, and code is not to be written by others. */
function openFiles({ dataDir, usesSqlite, text }: Start): string[] {
  const keyFile = text('SLIPWAY_MASTER_KEY_FILE') || join(dataDir, 'master.key')
  const secret = [
    ['SLIPWAY_MASTER_KEY_FILE', keyFile, 0o600],
    ...(usesSqlite
      ? [
          ['SLIPWAY_DATA', dataDir, 0o700],
          ['SLIPWAY_DATA', join(dataDir, 'slipway.db'), 0o600],
        ]
      : []),
  ] as [SettingName, string, number][] // written just here
  const readable = secret
    .filter(([, path]) => existsSync(path) && (statSync(path).mode & 0o077) !== 0)
    .map(([name, path, mode]) => `${name}: ${path} can be read by others; chmod ${mode.toString(8)}`)
  const code = fileURLToPath(new URL('.', import.meta.url))
  return (statSync(code).mode & 0o002) === 0 ? readable : [...readable, `${code}: everybody can write there; chmod o-w`]
}

/** A database elsewhere is spoken to over TLS. */
function openDatabase({ text }: Start): string[] {
  const url = text('SLIPWAY_DATABASE')
  if (!URL.canParse(url)) return []
  const { hostname, searchParams } = new URL(url)
  // The driver lets a parameter name another host, and another one take the check of the certificate away.
  const isNear = [hostname, searchParams.get('host') ?? ''].every((host) => host.startsWith('/') || LOOPBACK.test(host))
  const isSecured = ['verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? '')
  return isNear || (isSecured && !searchParams.has('uselibpqcompat'))
    ? []
    : ['SLIPWAY_DATABASE: add sslmode=verify-full; the database is on another machine']
}

const LOOPBACK = /^(|localhost|127(\.\d+){3}|\[?::1\]?)$/

/** Mails carry codes and links that open accounts. */
function openMail({ text }: Start): string[] {
  const url = text('SLIPWAY_SMTP_URL')
  if (!URL.canParse(url)) return [] // said already
  const { protocol, hostname, searchParams } = new URL(url)
  const isSecured = protocol === 'smtps:' || searchParams.get('requireTLS') === 'true'
  return isSecured || LOOPBACK.test(hostname)
    ? []
    : ['SLIPWAY_SMTP_URL: smtps://, or ?requireTLS=true behind smtp://; the mail server is on another machine']
}
