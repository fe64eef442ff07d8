/** Joining an acquirer's application with a wallet's: the wallet hands out a code, the acquirer enters it. */
import { PAIRING } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { freshBytes, newId } from '../clock.ts'
import { actorName, type Ctx } from '../context.ts'
import { tokenHash } from '../seal.ts'
import * as store from './pairs-store.ts'

const sideOf = ({ partnerType }: { partnerType: string }): store.Side =>
  partnerType === 'wallet' ? 'wallet' : 'acquirer'

export async function list(ctx: Ctx, applicationId: string) {
  const side = sideOf(await getOwn(ctx, applicationId))
  const rows = await store.listPairs(ctx, applicationId, side)
  return {
    side,
    items: rows.map((row) => ({
      id: row.id,
      partnerName: row.partner_name,
      applicationName: row.name,
      participantId: row.participant_id,
      joinedAt: new Date(row.created_at).toISOString(),
      joinedBy: row.created_by,
    })),
  }
}

/** Of a wallet. It is shown once; the one before it is good for nothing any more. */
export async function newCode(ctx: Ctx, applicationId: string) {
  const code = freshBytes(20).toString('base64url')
  const expiresAt = ctx.clock.now() + PAIRING.codeSeconds * 1000
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    if (sideOf(application) !== 'wallet') throw new Refusal('pair.not_a_wallet')
    await store.putCode(tx, {
      application_id: applicationId,
      code_hash: tokenHash(code),
      expires_at: expiresAt,
      created_by: actorName(tx),
    })
    await record(tx, { action: 'sandbox.pairing_code', object: application })
  })
  return { code, expiresAt: new Date(expiresAt).toISOString() }
}

/** Of an acquirer, or of a technical service provider who plays one. */
export async function join(ctx: Ctx, applicationId: string, code: string) {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    if (sideOf(application) === 'wallet') throw new Refusal('pair.is_a_wallet')
    const wallet = await store.takeCode(tx, tokenHash(code.trim()))
    if (!wallet) {
      throw new Refusal('pair.code_unknown', { fields: [{ path: 'code', message: 'is not good, or not any more' }] })
    }
    await store.holdPairs(tx)
    const before = [
      await store.listPairs(tx, applicationId, 'acquirer'),
      await store.listPairs(tx, wallet.id, 'wallet'),
    ]
    if (before.some((pairs) => pairs.length >= PAIRING.perApplication)) throw new Refusal('pair.too_many')
    const isNew = await store.insertPair(tx, {
      id: newId('par'),
      acquirer_application_id: applicationId,
      wallet_application_id: wallet.id,
      created_at: tx.clock.now(),
      created_by: actorName(tx),
    })
    if (!isNew) throw new Refusal('pair.present')
    await record(tx, { action: 'sandbox.join', object: application, after: { wallet: wallet.name } })
  })
  return list(ctx, applicationId)
}

export async function end(ctx: Ctx, applicationId: string, pairId: string) {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const pair = (await store.listPairs(tx, applicationId, sideOf(application))).find(({ id }) => id === pairId)
    if (!pair || !(await store.deletePair(tx, applicationId, pairId))) throw new Refusal('thing.not_found')
    await record(tx, { action: 'sandbox.part', object: application, before: { with: pair.name } })
  })
  return list(ctx, applicationId)
}
