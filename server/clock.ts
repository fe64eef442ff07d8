/** The only places where time and chance come from, so that tests can hold them still. */
import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

export type Clock = {
  /** UTC, in milliseconds. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** An id that names its kind and sorts by the time of its making. */
export function newId(prefix: string): string {
  return `${prefix}_${v7().replaceAll('-', '')}`
}

/** 256 random bits for the bearer of a right; only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
