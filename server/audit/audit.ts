/** Who changed what: written in the transaction of the change, so that neither is there without the other. */
import type { AuditAction } from '../../rules/audit.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { hashOf, headText } from './chain.ts'
import * as store from './store.ts'

/** The chain of what concerns no partner: staff, and people before they are logged in. */
export const CENTER_CHAIN = 'center'

type Person = { id: string; name: string; email: string }

export type AuditEntry = {
  action: AuditAction
  /** What was changed: its id, and the name under which people know it. */
  object: { id: string; name: string }
  /** What was and what is: only the fields that changed, and never a secret (a key by its fingerprint). */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** Whose log it belongs to, where that is not the actor's own organisation. Null: the center's. */
  partnerId?: string | null
  /** Who did it, where nobody is logged in yet. */
  by?: Person
}

/**
 * Adds an entry to the chain of the partner. Call it last in a transaction: until its end nobody else adds to the same chain, and two
 * who lock a chain before other rows could wait for each other. Returns the id of the entry.
 */
export async function record(tx: TxCtx, entry: AuditEntry): Promise<string> {
  const chain = chainOf(tx, entry)
  const { number, hash: previous } = await store.takeNumber(tx, chain)
  const unhashed = {
    chain,
    number,
    id: newId('aud'),
    at: tx.clock.now(),
    ...actorOf(tx, entry.by),
    action: entry.action,
    object_id: entry.object.id,
    object_name: entry.object.name,
    before: entry.before === undefined ? null : JSON.stringify(entry.before),
    after: entry.after === undefined ? null : JSON.stringify(entry.after),
    address: tx.source?.address ?? null,
    request_id: tx.source?.requestId ?? null,
    previous_hash: previous,
  }
  const hash = hashOf(unhashed)
  await store.append(tx, { ...unhashed, hash }, tx.seal.seal(headText(chain, number, hash)))
  if (tx.source) tx.source.entries++
  return unhashed.id
}

/** When a member of each of these partners did something last, in UTC milliseconds; who never did is not there. */
export function lastDoneByMembers(ctx: Ctx, partnerIds: readonly string[]): Promise<Map<string, number>> {
  return store.listLastDone(ctx, partnerIds)
}

/** A person, or somebody invited, as the object of an entry. */
export const asObject = ({ id, email }: { id: string; email: string }) => ({ id, name: email })

function chainOf({ actor }: TxCtx, { partnerId }: AuditEntry): string {
  if (partnerId !== undefined) return partnerId ?? CENTER_CHAIN
  return actor.kind === 'member' ? actor.partnerId : CENTER_CHAIN
}

function actorOf({ actor }: TxCtx, by: Person | undefined) {
  const person =
    actor.kind === 'member' || actor.kind === 'staff'
      ? { id: actor.personId, name: actor.personName, email: actor.email }
      : by
  const kind = person && (actor.kind === 'nobody' || actor.kind === 'system') ? 'person' : actor.kind
  return {
    actor_kind: kind,
    actor_id: person?.id ?? null,
    actor_name: person?.name ?? actor.kind,
    actor_email: person?.email ?? null,
  }
}
