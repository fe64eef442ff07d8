/** Staff accounts, managed by Operator admins. The last active one of those must stay. */
import { Refusal } from '../../rules/refusals.ts'
import type { StaffRole } from '../../rules/roles.ts'
import { asObject, record } from '../audit/audit.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { addPerson } from './accounts.ts'
import { sendActivation } from './activations.ts'
import { mailEnabled } from './notices.ts'
import { deleteSessionsOf } from './session-store.ts'
import { personOf } from './sessions.ts'
import * as staffStore from './staff-store.ts'
import * as store from './store.ts'

export async function list(ctx: Ctx) {
  const { personId } = personOf(ctx)
  const now = ctx.clock.now()
  const rows = await staffStore.listStaff(ctx)
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      role: row.staff_role,
      state: stateOf(row, now),
      self: row.id === personId,
      createdAt: new Date(row.created_at).toISOString(),
      lastSeenAt: instant(row.seen_at),
      activationExpiresAt: row.password_hash === null ? instant(row.activation_expires_at) : null,
    })),
  }
}

function stateOf(row: staffStore.StaffRow, now: number): 'invited' | 'expired' | 'active' | 'disabled' {
  if (row.disabled_at !== null) return 'disabled'
  if (row.password_hash !== null) return 'active'
  return (row.activation_expires_at ?? 0) > now ? 'invited' : 'expired'
}

type NewStaff = { name: string; email: string; role: StaffRole }

export async function open(ctx: Ctx, { name, email, role }: NewStaff) {
  await refusingTwice(() =>
    ctx.tx(async (tx) => {
      const known = await store.findPersonByEmail(tx, email)
      if (known) throw new Refusal(known.staff_role === null ? 'staff.address_of_partner' : 'staff.account_exists')
      const personId = await addPerson(tx, { name, email, staffRole: role })
      await sendActivation(tx, { personId, name, email, partner: null })
      await record(tx, { action: 'staff.open', object: { id: personId, name: email }, after: { role } })
    }),
  )
  return list(ctx)
}

/** Two who open the same account at once: the index lets one through. */
async function refusingTwice(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal('staff.account_exists') : error
  }
}

export async function resendActivation(ctx: Ctx, personId: string): Promise<void> {
  await change(ctx, personId, async (tx, person) => {
    if (person.disabled_at !== null) throw new Refusal('account.already_disabled')
    if (person.password_hash !== null) throw new Refusal('staff.account_active')
    await sendActivation(tx, { personId, name: person.name, email: person.email, partner: null })
    await record(tx, { action: 'staff.resend_activation', object: asObject(person) })
  })
}

/** At once, on every node: the role is read with the session at each request. */
export async function setRole(ctx: Ctx, personId: string, role: StaffRole) {
  await change(ctx, personId, async (tx, person) => {
    if (role !== 'operator_admin') await ensureAnotherAdmin(tx, personId)
    await staffStore.setStaffRole(tx, personId, role)
    const before = { role: person.staff_role }
    await record(tx, { action: 'staff.role', object: asObject(person), before, after: { role } })
  })
  return listAfter(ctx)
}

export async function disable(ctx: Ctx, personId: string) {
  await change(ctx, personId, async (tx, person) => {
    await ensureAnotherAdmin(tx, personId)
    if (!(await store.setDisabled(tx, personId, true))) throw new Refusal('account.already_disabled')
    await deleteSessionsOf(tx, personId)
    await record(tx, { action: 'staff.disable', object: asObject(person) })
  })
  return listAfter(ctx)
}

export async function enable(ctx: Ctx, personId: string) {
  await change(ctx, personId, async (tx, person) => {
    if (!(await store.setDisabled(tx, personId, false))) throw new Refusal('account.not_disabled')
    await mailEnabled(tx, person, tx.config.network.name)
    await record(tx, { action: 'staff.enable', object: asObject(person) })
  })
  return list(ctx)
}

/** Whoever may not manage staff any more has no list to see. */
async function listAfter(ctx: Ctx) {
  const { items } = await list(ctx)
  const own = items.find(({ self }) => self)
  return { items: own?.state === 'active' ? items : [] }
}

/** One change of staff at a time, so that two admins cannot shut each other out at once. */
async function change(
  ctx: Ctx,
  personId: string,
  work: (tx: TxCtx, person: staffStore.StaffRow) => Promise<void>,
): Promise<void> {
  await ctx.tx(async (tx) => {
    await staffStore.holdStaff(tx)
    const person = (await staffStore.listStaff(tx)).find(({ id }) => id === personId)
    if (!person) throw new Refusal('thing.not_found')
    await work(tx, person)
  })
}

/** Somebody else is left who runs the center. Whoever is no active Operator admin now may go in any case. */
async function ensureAnotherAdmin(tx: TxCtx, personId: string): Promise<void> {
  const now = tx.clock.now()
  const admins = (await staffStore.listStaff(tx)).filter(
    (row) => stateOf(row, now) === 'active' && row.staff_role === 'operator_admin',
  )
  if (admins.some(({ id }) => id === personId) && admins.length === 1) throw new Refusal('staff.last_admin')
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(Number(at)).toISOString()
}
