/** SQL of SFTP accounts. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type AccountRow = Row<'sftp_accounts'>

/** The sandbox of an application, with its account if it has one already. */
export function findOfApplication(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('clients as c')
    .leftJoin('sftp_accounts as s', 's.application_id', 'c.application_id')
    .select(['c.participant_id', 's.password_hash', 's.password_set_at', 's.password_set_by'])
    .select(['s.public_key', 's.key_fingerprint', 's.key_set_at', 's.key_set_by'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirstOrThrow()
}

/** By the name that a client logs in with; none of an application that was deleted. */
export function findByName(ctx: Ctx, account: string): Promise<AccountRow | undefined> {
  return ctx.db
    .selectFrom('sftp_accounts as s')
    .innerJoin('applications as a', 'a.id', 's.application_id')
    .selectAll('s')
    .where('s.account', '=', account)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}

type Change = Partial<Omit<AccountRow, 'application_id' | 'account'>>

/** The account is made with its first password or key. */
export async function change(tx: TxCtx, applicationId: string, account: string, change: Change): Promise<void> {
  await tx.db
    .insertInto('sftp_accounts')
    .values({ application_id: applicationId, account, ...change })
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(change))
    .execute()
}
