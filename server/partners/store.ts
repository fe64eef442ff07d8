/** SQL of partners: organisations and their NDA addresses. Members have a store of their own. */
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
