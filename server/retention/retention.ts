/**
 * Deletes what is over, by age, in small batches: no batch holds the one writer long, and between two of them whoever waits gets his
 * turn. Payments, refunds and their ids stay for ever.
 */
import { APPLICATION, KNOWN_BROWSER_SECONDS, RELAY, RETENTION, WALLET_SESSION } from '../../rules/limits.ts'
import { judgeEverybody } from '../acceptance/acceptance.ts'
import { purgeDeleted } from '../applications/applications.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { deleteOldCalls } from '../inbox/keep.ts'
import { deleteOldMails } from '../mail/mail.ts'
import { deleteWalletSessionsBegun } from '../merchants/wallet-accounts.ts'
import { deleteStaleCalls } from '../relays/relays.ts'
import { oldReports } from '../reports/reports.ts'
import { deleteEndedKeys } from '../test-merchant/test-merchant.ts'
import * as store from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

type Batch = (tx: TxCtx, before: number, limit: number) => Promise<number>

export async function deleteOld(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const ago = (seconds: number) => now - seconds * 1000
  const logEnd = now - ctx.config.logDays * DAY_MS
  const batches: [Batch, before: number][] = [
    [store.deleteNotifications, logEnd],
    [store.deleteResends, logEnd],
    [deleteOldCalls, logEnd],
    [store.deleteResets, ago(RETENTION.resetSeconds)],
    [store.deleteCounters, now],
    [store.deleteSessionsBegun, ago(ctx.config.session.absoluteSeconds)],
    [store.deleteSessionsIdle, ago(ctx.config.session.idleSeconds)],
    [store.deleteKnownBrowsers, ago(KNOWN_BROWSER_SECONDS)],
    [store.deleteInvitations, ago(RETENTION.invitationSeconds)],
    [store.deleteUsedActivations, ago(RETENTION.usedActivationSeconds)],
    [store.deletePaymentCodes, ago(RETENTION.paymentCodeSeconds)],
    [deleteOldMails, ago(RETENTION.mailSeconds)],
    [deleteWalletSessionsBegun, ago(WALLET_SESSION.absoluteSeconds)],
    [store.deleteGivenUpWork, ago(RETENTION.givenUpWorkSeconds)],
    [deleteEndedKeys, now],
    [deleteStaleCalls, ago(RELAY.staleSeconds)],
    ...oldReports(now),
  ]
  for (const applicationId of await store.listApplicationIds(ctx)) {
    await deleteLog(ctx, applicationId, logEnd)
  }
  for (const [batch, before] of batches) await deleteAll(ctx, batch, before)
  // An hour later than nobody can restore it: clocks of nodes differ.
  await purgeDeleted(ctx, ago(APPLICATION.restorableSeconds + RETENTION.purgeGraceSeconds))
}

/** What the tests need of the log is looked at first. An application with which that fails keeps its log, and nobody else's. */
async function deleteLog(ctx: Ctx, applicationId: string, logEnd: number): Promise<void> {
  try {
    if (await store.hasOldExchanges(ctx, applicationId, logEnd)) await judgeEverybody(ctx, applicationId)
    await deleteAll(ctx, (tx, before, limit) => store.deleteExchanges(tx, applicationId, before, limit), logEnd)
  } catch (error) {
    ctx.log.error({ err: error, applicationId }, 'the log of an application could not be cleaned')
  }
}

async function deleteAll(ctx: Ctx, batch: Batch, before: number): Promise<void> {
  for (;;) {
    const deleted = await ctx.tx((tx) => batch(tx, before, RETENTION.batchRows))
    if (deleted < RETENTION.batchRows) return
  }
}
