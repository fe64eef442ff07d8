/** SQL of the inbox. */
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'

export type Call = Row<'inbox_calls'>

const insertRow = compiledInsert('inbox_calls')

export async function insert(tx: TxCtx, call: Call): Promise<void> {
  await insertRow(tx.db, call)
}

export async function sizeOf(tx: TxCtx, applicationId: string): Promise<{ calls: number; bytes: number }> {
  const { calls, bytes } = await tx.db
    .selectFrom('inbox_calls')
    .select((eb) => [eb.fn.countAll().as('calls'), eb.fn.sum('bytes').as('bytes')])
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow()
  return { calls: Number(calls), bytes: Number(bytes) }
}

/** The newest first. */
export function listSizes(tx: TxCtx, applicationId: string) {
  return tx.db
    .selectFrom('inbox_calls')
    .select(['id', 'bytes'])
    .where('application_id', '=', applicationId)
    .orderBy('id', 'desc')
    .execute()
}

export async function deleteUpTo(tx: TxCtx, applicationId: string, id: string): Promise<void> {
  await tx.db.deleteFrom('inbox_calls').where('application_id', '=', applicationId).where('id', '<=', id).execute()
}

export async function deleteOld(tx: TxCtx, before: string, limit: number): Promise<number> {
  const old = await tx.db.selectFrom('inbox_calls').select('id').where('id', '<', before).limit(limit).execute()
  if (old.length === 0) return 0
  const ids = old.map(({ id }) => id)
  await tx.db.deleteFrom('inbox_calls').where('id', 'in', ids).execute()
  return old.length
}

type Filter = { api?: string | undefined; search?: string | undefined; cursor?: string | undefined; limit: number }

/** Newest first, without headers and bodies; one more than asked for, to know whether there is a next page. */
export function list(ctx: Ctx, applicationId: string, { api, search, cursor, limit }: Filter) {
  return ctx.db
    .selectFrom('inbox_calls')
    .select(['id', 'api', 'family', 'at', 'method', 'uri', 'bytes', 'notification_id'])
    .select(['payment_request_id', 'payment_id'])
    .where('application_id', '=', applicationId)
    .where((eb) =>
      eb.and([
        ...(api ? [eb('api', '=', api)] : []),
        ...(cursor ? [eb('id', '<', cursor)] : []),
        ...(search ? [eb.or(SEARCHED.map((column) => eb(column, '=', search)))] : []),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}
const SEARCHED = ['id', 'notification_id', 'payment_request_id', 'payment_id'] as const

export function find(ctx: Ctx, applicationId: string, id: string): Promise<Call | undefined> {
  return ctx.db
    .selectFrom('inbox_calls')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .executeTakeFirst()
}
