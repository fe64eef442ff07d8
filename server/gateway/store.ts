/** SQL of the gateway: clients with their keys, and payments. */
import type { PaymentState } from '../../rules/payment.ts'
import type { PartnerApi, ProductId } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert, compiledRead } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'
import { sameSecret } from '../seal.ts'

export type Payment = Omit<Row<'payments'>, 'state'> & { state: PaymentState }

/** Of the sandbox: a Client ID of production is nobody here. */
export async function findClient(ctx: Ctx | TxCtx, clientId: string) {
  const client = await ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .leftJoin('misbehaviours as m', 'm.client_id', 'c.client_id')
    .selectAll('c')
    .select(['m.kind as misbehaviour', 'p.trial_ends_at', 'p.fees', 'a.partner_type'])
    .where('c.client_id', '=', clientId)
    .where('c.environment', '=', 'sandbox')
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!client) return undefined
  const keys = await ctx.db
    .selectFrom('client_keys')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('state', 'in', ['active', 'waiting'])
    .orderBy('version', 'desc')
    .execute()
  const products = await ctx.db
    .selectFrom('application_products')
    .select('product')
    .where('application_id', '=', client.application_id)
    .execute()
  const throwAwayKeys = await ctx.db
    .selectFrom('throw_away_keys')
    .select(['fingerprint', 'public_key', 'ends_at'])
    .where('application_id', '=', client.application_id)
    .where('ends_at', '>', ctx.clock.now())
    .orderBy('set_at', 'desc')
    .execute()
  return { client, keys, throwAwayKeys, products: products.map(({ product }) => product as ProductId) } // written by us
}

/** The first call that verifies with an active key proves it: the first key of a sandbox has no other proof. */
export async function proveKey(tx: TxCtx, clientId: string, fingerprint: string): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .updateTable('clients')
    .set({ verified_at: now })
    .where('client_id', '=', clientId)
    .where('verified_at', 'is', null)
    .execute()
  await tx.db
    .updateTable('client_keys')
    .set({ proved_at: now })
    .where('client_id', '=', clientId)
    .where('fingerprint', '=', fingerprint)
    .where('state', '=', 'active')
    .where('proved_at', 'is', null)
    .execute()
}

// ── payments ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const insertUnlessTaken = compiledInsert('payments', (insert) =>
  insert.onConflict((conflict) => conflict.columns(['application_id', 'payment_request_id']).doNothing()),
)

/** Inserts the payment unless its request id is taken. Of many copies at once exactly one is inserted. */
export async function insertPayment(tx: TxCtx, payment: Payment): Promise<boolean> {
  const { numAffectedRows } = await insertUnlessTaken(tx.db, payment)
  return numAffectedRows === 1n
}

type ById = { applicationId: string; id: string }
const readById = (column: 'payment_id' | 'payment_request_id') =>
  compiledRead<ById, Row<'payments'>>(['applicationId', 'id'], (db, { applicationId, id }) =>
    db.selectFrom('payments').selectAll().where('application_id', '=', applicationId).where(column, '=', id),
  )
const readByPaymentId = readById('payment_id')
const readByRequestId = readById('payment_request_id')

export async function findPayment(
  ctx: Ctx | TxCtx,
  applicationId: string,
  { paymentId, paymentRequestId }: { paymentRequestId?: string | undefined; paymentId?: string | undefined },
): Promise<Payment | undefined> {
  // The network's id is the stronger one: with both, it decides.
  const [found] = paymentId
    ? await readByPaymentId(ctx.db, { applicationId, id: paymentId })
    : await readByRequestId(ctx.db, { applicationId, id: paymentRequestId ?? '' })
  return found as Payment | undefined // states are written by us
}

/** The payment behind a paymentUrl: found by its id, opened by its secret. */
export async function findPaymentBySecret(ctx: Ctx | TxCtx, key: WalletKey): Promise<Payment | undefined> {
  const payment = await ctx.db
    .selectFrom('payments as p')
    .innerJoin('applications as a', 'a.id', 'p.application_id')
    .selectAll('p')
    .where('p.payment_id', '=', key.paymentId)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!payment || !sameSecret(payment.wallet_secret, key.secret)) return undefined
  return payment as Payment // states are written by us
}

/** By the network's own id alone, whoever's it is: for the network's own work. */
export async function findPaymentById(ctx: Ctx | TxCtx, paymentId: string): Promise<Payment | undefined> {
  const payment = await ctx.db.selectFrom('payments').selectAll().where('payment_id', '=', paymentId).executeTakeFirst()
  return payment as Payment | undefined // states are written by us
}

export type WalletKey = { paymentId: string; secret: string }

/** Moves a payment, if it is still in the state that the decision was taken on. */
export async function movePayment(
  tx: TxCtx,
  payment: Payment,
  change: Partial<Omit<Payment, 'application_id' | 'payment_request_id'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await updatePayment(tx, payment)
    .set(change)
    .where('state', '=', payment.state)
    // Whose wallet it is belongs to the decision.
    .where('wallet_application_id', payment.wallet_application_id === null ? 'is' : '=', payment.wallet_application_id)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The wallet will answer later, unless it has begun to already. */
export async function scheduleDecision(
  tx: TxCtx,
  payment: Payment,
  plan: Pick<Payment, 'decides_at' | 'decides_as' | 'wake_at'>,
): Promise<void> {
  await updatePayment(tx, payment)
    .set(plan)
    .where('state', '=', 'PAYING')
    .where('decides_at', 'is', null)
    .where('wallet_application_id', 'is', null)
    .execute()
}

/** Cancels, whatever the state is at that moment. False where it was cancelled before. */
export async function cancelPayment(
  tx: TxCtx,
  payment: Payment,
  change: Pick<Payment, 'state' | 'cancelled_at' | 'pay_answer' | 'wake_at'>,
): Promise<boolean> {
  const { numUpdatedRows } = await updatePayment(tx, payment)
    .set(change)
    .where('state', '!=', change.state)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** One payment, to be changed. */
export function updatePayment(tx: TxCtx, payment: Pick<Payment, 'application_id' | 'payment_request_id'>) {
  return tx.db
    .updateTable('payments')
    .where('application_id', '=', payment.application_id)
    .where('payment_request_id', '=', payment.payment_request_id)
}

/** What the clocks of the sandboxes have made due, of one application or of all. */
export async function listDue(ctx: Ctx | TxCtx, limit: number, applicationId?: string): Promise<Payment[]> {
  const due = ctx.db.selectFrom('payments').selectAll().where('wake_at', '<=', ctx.clock.now())
  return (await (applicationId === undefined ? due : due.where('application_id', '=', applicationId))
    .orderBy('wake_at')
    .limit(limit)
    .execute()) as Payment[] // states are written by us
}

/** Counts anew when the open payments of an application are due: its clock was moved. Doing it twice is harmless. */
export async function rewake(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db
    .updateTable('payments')
    .set((eb) => ({
      wake_at: eb(
        eb.fn.coalesce('decides_at', 'expires_at'),
        '-',
        eb
          .selectFrom('clients')
          .select('clock_offset_ms')
          .where('application_id', '=', applicationId)
          .where('environment', '=', 'sandbox'),
      ),
    }))
    .where('application_id', '=', applicationId)
    .where('wake_at', 'is not', null)
    .execute()
}

/** What a notification and an answer need to know of the payment's client. */
export function getClientOfApplication(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('clients as c')
    .leftJoin('notification_urls as u', (join) =>
      join.onRef('u.client_id', '=', 'c.client_id').on('u.api', '=', 'notifyPayment'),
    )
    .leftJoin('misbehaviours as m', 'm.client_id', 'c.client_id')
    .select(['c.client_id', 'c.participant_id', 'c.clock_offset_ms', 'u.url', 'm.kind as misbehaviour'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirstOrThrow()
}

/** Where a partner is called, and as whom. */
export function findPartnerUrl(ctx: Ctx | TxCtx, applicationId: string, api: PartnerApi) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .leftJoin('notification_urls as u', (join) => join.onRef('u.client_id', '=', 'c.client_id').on('u.api', '=', api))
    .select(['c.client_id', 'u.url'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}
