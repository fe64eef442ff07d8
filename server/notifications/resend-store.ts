/** SQL of resends of many notifications at once. */
import { sql } from 'kysely'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Resend = Row<'notification_resends'>

export function findByKey(ctx: Ctx | TxCtx, applicationId: string, key: string): Promise<Resend | undefined> {
  return ctx.db
    .selectFrom('notification_resends')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export function findLast(ctx: Ctx | TxCtx, applicationId: string): Promise<Resend | undefined> {
  return ctx.db
    .selectFrom('notification_resends')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insert(tx: TxCtx, resend: Resend): Promise<void> {
  await tx.db.insertInto('notification_resends').values(resend).execute()
}

export async function noteDone(tx: TxCtx, id: string, isAcknowledged: boolean, applicationId: string): Promise<void> {
  await tx.db
    .updateTable('notification_resends')
    .set({
      done: sql<number>`done + 1`,
      acknowledged: isAcknowledged ? sql<number>`acknowledged + 1` : sql<number>`acknowledged`,
    })
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .execute()
}
