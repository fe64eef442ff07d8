/** What other features may use of accounts. */
import type { StaffRole } from '../../rules/roles.ts'
import { Refusal } from '../../rules/refusals.ts'
import { asObject, record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'
import { forgetTries, takePasswordTry, tryKeysOf } from './tries.ts'

export { sendActivation, utc } from './activations.ts'
export { takeOfQuota } from './counters.ts'
export { forgetTries, keysOf, takePasswordTry } from './tries.ts'
export { mailEnabled } from './notices.ts'
export { emailKey, findPersonByEmail, setDisabled } from './store.ts'

/** A person without a password yet: the activation sets it. */
export async function addPerson(
  tx: TxCtx,
  person: { name: string; email: string; staffRole: StaffRole | null },
): Promise<string> {
  const id = newId('psn')
  await store.insertPerson(tx, { id, name: person.name, email: person.email, staff_role: person.staffRole })
  return id
}

/** A person who has just proved the address and chosen a password. An account whose activation is still open gets it all the same. */
export async function addActivePerson(
  tx: TxCtx,
  person: { name: string; email: string; passwordHash: string | undefined },
): Promise<string> {
  const waiting = await store.findPersonByEmail(tx, person.email)
  const id = waiting?.id ?? (await addPerson(tx, { ...person, staffRole: null }))
  if (person.passwordHash === undefined || !(await store.setFirstPassword(tx, id, person.passwordHash)))
    throw new Refusal('invitation.unknown')
  return id
}

/** Checks the password of a person who is not logged in, with the tries of a log-in from this browser. */
export async function checkPasswordOf(
  ctx: Ctx,
  person: Row<'people'>,
  password: string,
  browserToken: string | undefined,
): Promise<void> {
  const keys = await tryKeysOf(ctx, person.email, browserToken)
  await takePasswordTry(ctx, keys)
  if (person.disabled_at !== null || !(await ctx.passwords.verify(person.password_hash, password))) {
    await ctx.tx((tx) => record(tx, { action: 'session.refuse', object: asObject(person) }))
    throw new Refusal('account.wrong_password', { fields: [{ path: 'password', message: 'is not right' }] })
  }
  await ctx.tx((tx) => forgetTries(tx, keys))
}

/** Ends the sessions of a person, all of them or those for one organisation, and says how many there were. */
export function endSessionsFor(tx: TxCtx, personId: string, partnerId?: string): Promise<number> {
  return sessionStore.deleteSessionsOf(tx, personId, partnerId === undefined ? {} : { partnerId })
}
