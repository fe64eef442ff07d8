/** Staff accounts. The first one comes from the command line: there is no built-in account and no built-in password. */
import type { StaffRole } from '../../rules/roles.ts'
import { type App, newContext } from '../context.ts'
import { record } from '../audit/audit.ts'
import { addPerson } from './accounts.ts'
import { sendActivation } from './activations.ts'
import { findPersonByEmail } from './store.ts'

/** Opens a staff account and returns its activation link, which is also mailed. A second call for the same person makes a new link. */
export async function addStaff(app: App, person: { name: string; email: string; role: StaffRole }): Promise<string> {
  return newContext(app, { kind: 'system' }).tx(async (tx) => {
    const known = await findPersonByEmail(tx, person.email)
    if (known && known.staff_role === null) throw new Error(`${person.email} belongs to a member of a partner.`)
    if (known?.password_hash) throw new Error(`${person.email} has an active account already.`)
    const personId = known?.id ?? (await addPerson(tx, { ...person, staffRole: person.role }))
    const link = await sendActivation(tx, {
      personId,
      name: known?.name ?? person.name,
      email: known?.email ?? person.email,
      partner: null,
    })
    await record(tx, {
      action: 'staff.open',
      object: { id: personId, name: person.email },
      after: { role: person.role },
    })
    return link
  })
}
