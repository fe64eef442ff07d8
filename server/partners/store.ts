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

/** All of them, or one. */
export function listPartners(ctx: Ctx | TxCtx, partnerId?: string): Promise<PartnerRow[]> {
  const query = ctx.db.selectFrom('partners').selectAll()
  return (partnerId === undefined ? query : query.where('id', '=', partnerId)).execute()
}

export function findPartner(ctx: Ctx | TxCtx, partnerId: string): Promise<PartnerRow | undefined> {
  return ctx.db.selectFrom('partners').selectAll().where('id', '=', partnerId).executeTakeFirst()
}

export async function changePartner(
  tx: TxCtx,
  partnerId: string,
  change: Partial<Pick<PartnerRow, 'standing' | 'trial_ends_at' | 'partner_types' | 'products' | 'fees'>>,
): Promise<void> {
  await tx.db.updateTable('partners').set(change).where('id', '=', partnerId).execute()
}

/** The types of the partner's applications, those that can be restored among them. */
export async function listTypesInUse(tx: TxCtx, partnerId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('applications')
    .select('partner_type')
    .distinct()
    .where('partner_id', '=', partnerId)
    .execute()
  return rows.map(({ partner_type }) => partner_type)
}

/** False where it is there already. */
export async function insertNdaAddress(tx: TxCtx, partnerId: string, email: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('nda_addresses')
    .values({ partner_id: partnerId, email, email_key: emailKey(email) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function deleteNdaAddress(tx: TxCtx, partnerId: string, email: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('nda_addresses')
    .where('partner_id', '=', partnerId)
    .where('email_key', '=', emailKey(email))
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
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
