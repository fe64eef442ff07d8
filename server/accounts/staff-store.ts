/** SQL of staff accounts: people with a role of the staff. */
import type { StaffRole } from '../../rules/roles.ts'
import type { Ctx, TxCtx } from '../context.ts'

export async function listStaff(ctx: Ctx | TxCtx) {
  const rows = await ctx.db
    .selectFrom('people as p')
    .select(['p.id', 'p.name', 'p.email', 'p.staff_role', 'p.password_hash', 'p.disabled_at', 'p.created_at'])
    .select((eb) => [
      eb
        .selectFrom('activations as a')
        .select((inner) => inner.fn.max('a.expires_at').as('at'))
        .whereRef('a.person_id', '=', 'p.id')
        .where('a.used_at', 'is', null)
        .as('activation_expires_at'),
      eb
        .selectFrom('sessions as s')
        .select((inner) => inner.fn.max('s.seen_at').as('at'))
        .whereRef('s.person_id', '=', 'p.id')
        .as('seen_at'),
    ])
    .where('p.staff_role', 'is not', null)
    .orderBy('p.created_at')
    .orderBy('p.id')
    .execute()
  return rows.map((row) => ({ ...row, staff_role: row.staff_role as StaffRole })) // written by us
}
export type StaffRow = Awaited<ReturnType<typeof listStaff>>[number]

export async function setStaffRole(tx: TxCtx, personId: string, role: StaffRole): Promise<void> {
  await tx.db
    .updateTable('people')
    .set({ staff_role: role })
    .where('id', '=', personId)
    .where('staff_role', 'is not', null)
    .execute()
}

/** Holds the oldest staff account until the end of the transaction: whoever else changes staff waits for it. */
export async function holdStaff(tx: TxCtx): Promise<void> {
  await tx.db
    .updateTable('people')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('people as p')
        .select((inner) => inner.fn.min('p.id').as('id'))
        .where('p.staff_role', 'is not', null),
    )
    .execute()
}
