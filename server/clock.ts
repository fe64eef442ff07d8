/** The only places where time and chance come from, so that tests can hold them still. */
import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

export type Clock = {
  /** UTC, in milliseconds. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Asking the generator costs the same for many bytes as for few, so they are drawn by the page and handed out once each. */
const page = Buffer.alloc(4096)
let next = page.length

export function freshBytes(count: number): Buffer {
  if (next + count > page.length) {
    randomFillSync(page)
    next = 0
  }
  const bytes = Buffer.from(page.subarray(next, next + count))
  page.fill(0, next, next + count)
  next += count
  return bytes
}

/** An id that names its kind and sorts by the time of its making. */
export function newId(prefix: string): string {
  return `${prefix}_${v7({ random: freshBytes(16) }).replaceAll('-', '')}`
}

/** The id of a request: a UUID that tells when it came. */
export const newRequestId = (): string => v7({ random: freshBytes(16) })

/** When a request came, off its id, in milliseconds; undefined where the text is none of our making. */
export function timeOfRequestId(text: string): number | undefined {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(text)
  return found ? Number.parseInt(`${found[1]}${found[2]}`, 16) : undefined
}

/** No id of this kind that was made at this moment or later sorts before it. */
export function firstIdAt(prefix: string, at: number): string {
  return `${prefix}_${Math.max(0, at).toString(16).padStart(12, '0')}`
}

/** When an id was made. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(id.indexOf('_') + 1).slice(0, 12), 16)

/** 256 random bits for the bearer of a right; only its hash is stored. */
export function newToken(): string {
  return freshBytes(32).toString('base64url')
}
