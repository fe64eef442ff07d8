/**
 * The wall in front of outgoing calls: which addresses partners may make us call. Asked when a URL is saved, and again by the
 * connection itself at every send, about the very address that is then connected to. Stated in docs/guide/notifications.md.
 */
import ipaddr from 'ipaddr.js'
import { OUTGOING } from '../../rules/limits.ts'
import { Refusal, type RefusalCode } from '../../rules/refusals.ts'
import type { Resolve } from './resolve.ts'

/**
 * What may be called. Loopback over http is for development: never where the center itself is reached over https. `operators`: the
 * address comes from the operator's own settings, so it may be inside his network, on any port, and is still https but on loopback.
 * `sandbox`: it may also be `relay:/path`, which a listener fetches (server/relays), or `inbox:/path`, which the center keeps
 * (server/inbox). Never in production.
 */
export type Wall = { allowLoopback: boolean; resolve: Resolve; operators?: true; sandbox?: true }

/** Reads a URL and refuses what its text alone shows to be wrong. */
export function parseTarget(text: string, wall: Wall): URL {
  if (!URL.canParse(text)) throw urlRefusal('url.malformed')
  const url = new URL(text)
  if (wall.sandbox && url.protocol === RELAY_ORIGIN) return hostlessTarget(url, 'url.not_relay')
  if (wall.sandbox && url.protocol === INBOX_ORIGIN) return inboxTarget(url)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw urlRefusal('url.not_https')
  if (url.username !== '' || url.password !== '') throw urlRefusal('url.credentials')
  const host = hostOf(url)
  const loopback = wall.allowLoopback && (host === 'localhost' || isLoopback(host))
  if (loopback) return url
  if (url.protocol !== 'https:') throw urlRefusal('url.not_https')
  if (wall.operators) return url
  if (url.port !== '' && !OUTGOING.ports.some((port) => String(port) === url.port)) throw urlRefusal('url.port')
  if (ipaddr.isValid(host) && !mayConnectTo(host, wall)) throw urlRefusal('url.not_public')
  return url
}

/** What stands for the host of a `relay:` or `inbox:` URL, which has none. */
export const RELAY_ORIGIN = 'relay:'
const INBOX_ORIGIN = 'inbox:'

export const isRelayUrl = (url: string): boolean => url.startsWith(RELAY_ORIGIN)
export const isInboxUrl = (url: string): boolean => url.startsWith(INBOX_ORIGIN)

export function originOf(text: string): string {
  if (isInboxUrl(text)) return INBOX_ORIGIN
  return isRelayUrl(text) ? RELAY_ORIGIN : new URL(text).origin
}

const HOSTLESS_URI = /^\/(?!\/)[\w\-.~!$&'()*+,;=:@%/]*(\?[\w\-.~!$&'()*+,;=:@%/?]*)?$/

/** A path, and a query if you like: exactly what is signed, and what is called on the machine of a listener. */
function hostlessTarget(url: URL, otherwise: RefusalCode): URL {
  const uri = `${url.pathname}${url.search}`
  const isWhole = url.host === '' && url.hash === '' && !url.href.includes('#')
  if (!isWhole || !HOSTLESS_URI.test(uri)) throw urlRefusal(otherwise)
  return url
}

/** `inbox:` alone is its shortest path. */
function inboxTarget(url: URL): URL {
  return hostlessTarget(url.href === INBOX_ORIGIN ? new URL(`${INBOX_ORIGIN}/`) : url, 'url.not_inbox')
}

/** The full check at save: every address of the name must be public. Not to be resolved is refused as well. */
export async function ensureTarget(text: string, wall: Wall): Promise<URL> {
  const url = parseTarget(text, wall)
  if (url.protocol === RELAY_ORIGIN || url.protocol === INBOX_ORIGIN) return url
  const host = hostOf(url)
  if (ipaddr.isValid(host)) return url
  const addresses = await wall.resolve(host).catch(() => [])
  if (addresses.length === 0 || !addresses.every(({ address }) => mayConnectTo(address, wall)))
    throw urlRefusal('url.not_public')
  return url
}

/** May a socket be opened to this address? Only to public unicast; an IPv4 address inside an IPv6 one is judged as itself. */
export function mayConnectTo(address: string, wall: Wall): boolean {
  if (!ipaddr.isValid(address)) return false
  if (wall.operators) return true
  if (wall.allowLoopback && isLoopback(address)) return true
  const parsed = ipaddr.process(address)
  // `::a.b.c.d`, the old way to write IPv4 inside IPv6, counts as unicast there; nothing public is reached by it.
  if (
    parsed.kind() === 'ipv6' &&
    parsed
      .toByteArray()
      .slice(0, 12)
      .every((byte) => byte === 0)
  )
    return false
  return parsed.range() === 'unicast'
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}

/** The host without the brackets of an IPv6 literal. The URL parser has brought odd spellings of IPv4 into the usual form. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

export function urlRefusal(code: RefusalCode): Refusal {
  return new Refusal(code, { fields: [{ path: 'url', message: messages[code] ?? 'is not allowed' }] })
}

const messages: Partial<Record<RefusalCode, string>> = {
  'url.malformed': 'is not a complete URL',
  'url.not_https': 'must begin with https://',
  'url.credentials': 'must not hold a user name or password',
  'url.port': 'must use port 443 or 8443',
  'url.not_public': 'does not lead to a public address',
  'url.not_relay': 'must be relay: and a path, such as relay:/notify',
  'url.not_inbox': 'must be inbox: and a path, such as inbox:/notify',
  'inbox.own_url': 'leads to the inbox again',
  'url.example_name': 'is a name that is kept for examples',
}
