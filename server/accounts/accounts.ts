/** What other features may use of accounts. */
import { newId } from '../clock.ts'
import type { TxCtx } from '../context.ts'
import type { StaffRole } from '../../rules/roles.ts'
import * as store from './store.ts'

export { sendActivation, utc } from './activations.ts'
export { emailKey, findPersonByEmail } from './store.ts'

/** A person without a password yet: the activation sets it. */
export async function addPerson(
  tx: TxCtx,
  person: { name: string; email: string; staffRole: StaffRole | null },
): Promise<string> {
  const id = newId('psn')
  await store.insertPerson(tx, { id, name: person.name, email: person.email, staff_role: person.staffRole })
  return id
}
