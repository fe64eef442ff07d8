/** Token buckets in the memory of this node. They keep one caller from using up the server; nothing secret depends on them. */
import ipaddr from 'ipaddr.js'
import type { Clock } from '../clock.ts'

/** `amount`: of what is rationed, one by default. */
export type Rations = { take(key: string, amount?: number): boolean }

/** Past this many callers the oldest are forgotten: a forgotten bucket is a full one. */
const CALLERS = 50_000

export function newRations(clock: Clock, perSecond: number, burst: number): Rations {
  const buckets = new Map<string, { tokens: number; at: number }>()
  // However small the ration: one call at a time is let in.
  const most = Math.max(1, burst)

  function newBucket(key: string, now: number) {
    if (buckets.size >= CALLERS) {
      const [oldest] = buckets.keys()
      if (oldest !== undefined) buckets.delete(oldest)
    }
    const bucket = { tokens: most, at: now }
    buckets.set(key, bucket)
    return bucket
  }

  return {
    take(key, amount = 1) {
      const now = clock.now()
      const bucket = buckets.get(key) ?? newBucket(key, now)
      bucket.tokens = Math.min(most, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      bucket.at = now
      if (bucket.tokens < amount) return false
      bucket.tokens -= amount
      return true
    },
  }
}

const PLAIN_IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/

/**
 * Under which key a caller's address is counted. IPv4 is one address, however it is written; IPv6 is the /64 that one line has: within
 * it anybody can have as many addresses as there are.
 */
export function addressKey(address: string): string {
  if (PLAIN_IPV4.test(address)) return address
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
