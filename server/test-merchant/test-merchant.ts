/** The Test Merchant: the keys it throws away, and the payments it looks at. What it asks a partner's server is in calls.ts. */
import { TEST_MERCHANT } from '../../rules/limits.ts'
import { paymentStates, type PaymentState } from '../../rules/payment.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Family } from '../../rules/interfaces.ts'
import type { Scenario } from '../../rules/products.ts'
import { statesOf, type TransactionWord, wordOf } from '../../rules/test-merchant.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import { keyRefusal } from '../applications/key-text.ts'
import { parsePublicKey } from '../applications/keys.ts'
import { ensureNetworkKey, isNetworkKey } from '../applications/sandbox.ts'
import { record } from '../audit/audit.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { payUrlOf, viewOf } from '../gateway/views.ts'
import { ensureTarget, type Wall } from '../outgoing/wall.ts'
import * as store from './store.ts'

export { deleteEnded as deleteEndedKeys } from './store.ts'

/** The application, if it is the actor's own and takes orders. */
export async function getAcquirer(ctx: Ctx | TxCtx, applicationId: string) {
  const application = await getOwn(ctx, applicationId)
  if (application.partnerType === 'wallet') throw new Refusal('test_merchant.for_acquirers')
  return application
}

export async function view(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  const row = await store.findServer(ctx, applicationId)
  return {
    url: row?.url ?? null,
    setAt: row === undefined ? null : new Date(row.set_at).toISOString(),
    setBy: row?.set_by ?? null,
  }
}

export async function setUrl(ctx: Ctx, wall: Wall, applicationId: string, url: string | null) {
  await getAcquirer(ctx, applicationId)
  const target = url === null ? null : (await ensureTarget(url, wall)).href
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const before = (await store.findServer(tx, applicationId))?.url ?? null
    if (target === null) await store.removeServer(tx, applicationId)
    else {
      const set = { application_id: applicationId, set_at: tx.clock.now(), set_by: actorName(tx) }
      await store.putServer(tx, { ...set, url: target })
    }
    await record(tx, {
      action: 'test_merchant.url',
      object: application,
      before: { url: before },
      after: { url: target },
    })
  })
  return view(ctx, applicationId)
}

/** Taken by the sandbox alone, and not for long. It is no version of the partner's key, and proves none. */
export async function addKey(ctx: Ctx, applicationId: string, pasted: string) {
  await getAcquirer(ctx, applicationId)
  await ctx.tx((tx) =>
    ensureQuota(tx, `throw-away ${applicationId}`, TEST_MERCHANT.keysPerHour, TEST_MERCHANT.hourSeconds),
  )
  const parsed = await parsePublicKey(pasted)
  const endsAt = ctx.clock.now() + TEST_MERCHANT.keySeconds * 1000
  const client = await ensureNetworkKey(ctx, applicationId)
  try {
    await ctx.tx(async (tx) => {
      const application = await getOwn(tx, applicationId)
      if (await isNetworkKey(tx, parsed.fingerprint)) throw keyRefusal('key.center', 'Its private half is with us.')
      if (await store.isKnownKey(tx, parsed.fingerprint)) throw inUse()
      await store.insertKey(tx, {
        fingerprint: parsed.fingerprint,
        application_id: applicationId,
        public_key: parsed.publicKey,
        set_at: tx.clock.now(),
        set_by: actorName(tx),
        ends_at: endsAt,
      })
      const after = { fingerprint: parsed.fingerprint, endsAt: new Date(endsAt).toISOString() }
      await record(tx, { action: 'test_merchant.key', object: application, after })
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw inUse()
    throw error
  }
  return { ...client, endsAt: new Date(endsAt).toISOString() }
}

// Whose it is is nobody's business.
const inUse = () => keyRefusal('key.in_use', 'It is in use in another place.')

export async function listTransactions(ctx: Ctx, applicationId: string, word: TransactionWord | undefined) {
  await getOwn(ctx, applicationId)
  const rows = await store.listPayments(ctx, applicationId, word === undefined ? paymentStates : statesOf(word))
  return {
    items: rows.map((row) => {
      const payment = { ...row, state: row.state as PaymentState } // written by us, like the next
      return {
        ...viewOf(payment),
        word: wordOf(payment.state),
        title: payment.order_description,
        family: payment.family as Family,
        scenario: payment.scenario as Scenario | null,
        payUrl: payUrlOf(payment, ctx.config.origin),
      }
    }),
  }
}
