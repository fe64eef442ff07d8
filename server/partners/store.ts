/** SQL of partners: organisations, their NDA addresses, and who belongs to them. */
import { emailKey } from '../accounts/accounts.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

type PartnerRow = Row<'partners'>

export const nameKey = (name: string) => name.normalize('NFKC').toLowerCase()

export async function insertPartner(
  tx: TxCtx,
  partner: Omit<PartnerRow, 'name_key'>,
  ndaAddresses: readonly string[],
): Promise<void> {
  await tx.db
    .insertInto('partners')
    .values({ ...partner, name_key: nameKey(partner.name) })
    .execute()
  await tx.db
    .insertInto('nda_addresses')
    .values(ndaAddresses.map((email) => ({ partner_id: partner.id, email, email_key: emailKey(email) })))
    .execute()
}

/** Partners with the numbers that the list shows, newest first. */
export function selectPartners(ctx: Ctx | TxCtx) {
  return ctx.db
    .selectFrom('partners as p')
    .selectAll('p')
    .select((eb) => [
      eb
        .selectFrom('members')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('members.partner_id', '=', 'p.id')
        .as('accounts'),
      eb
        .selectFrom('applications')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('applications.partner_id', '=', 'p.id')
        .where('deleted_at', 'is', null)
        .as('applications'),
    ])
    .orderBy('p.id', 'desc')
}

export function findPartner(ctx: Ctx | TxCtx, partnerId: string) {
  return selectPartners(ctx).where('p.id', '=', partnerId).executeTakeFirst()
}

export async function listNdaAddresses(ctx: Ctx | TxCtx, partnerId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('nda_addresses')
    .select('email')
    .where('partner_id', '=', partnerId)
    .orderBy('email_key')
    .execute()
  return rows.map(({ email }) => email)
}

export function listMembers(ctx: Ctx | TxCtx, partnerId: string) {
  return ctx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .leftJoin('activations as a', (join) => join.onRef('a.person_id', '=', 'p.id').on('a.used_at', 'is', null))
    .select(['p.id', 'p.name', 'p.email', 'p.password_hash', 'm.roles', 'a.expires_at as activation_expires_at'])
    .where('m.partner_id', '=', partnerId)
    .orderBy('m.created_at')
    .orderBy('p.id')
    .execute()
}

export function findMember(ctx: Ctx | TxCtx, partnerId: string, personId: string) {
  return ctx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.password_hash'])
    .where('m.partner_id', '=', partnerId)
    .where('m.person_id', '=', personId)
    .executeTakeFirst()
}

export async function insertMember(tx: TxCtx, member: Row<'members'>): Promise<void> {
  await tx.db.insertInto('members').values(member).execute()
}
