/** How entries of the audit log are bound to each other. docs/guide/audit-log.md tells it to whoever checks an export. */
import { createHash } from 'node:crypto'
import type { Entry } from './store.ts'

/** The fields that the hash covers, in this order. */
export const COVERED = [
  'previous_hash',
  'chain',
  'number',
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'actor_email',
  'action',
  'object_id',
  'object_name',
  'before',
  'after',
  'address',
  'request_id',
] as const satisfies readonly (keyof Entry)[]

/** SHA-256 over the JSON list of the covered fields, in hexadecimal. */
export function hashOf(entry: Omit<Entry, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify(COVERED.map((field) => entry[field])))
    .digest('hex')
}

/** What the seal of a head holds: where the chain ends, so that its end cannot be cut off either. */
export function headText(chain: string, number: number, hash: string): string {
  return JSON.stringify([chain, number, hash])
}
