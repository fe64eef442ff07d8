/** Mail health: what became of each mail, a test message, and trying again what did not go out. */
import { TEST_MAIL } from '../../rules/limits.ts'
import { type MailKind, type MailState, mailStates } from '../../rules/mail.ts'
import { Refusal } from '../../rules/refusals.ts'
import { takeOfQuota } from '../accounts/accounts.ts'
import { record } from '../audit/audit.ts'
import type { Ctx } from '../context.ts'
import { listGivenUp, retryWork } from '../outbox/outbox.ts'
import { addMail } from './mail.ts'
import * as store from './store.ts'

const DAY_MS = 86_400_000

type ListWish = {
  state?: MailState | undefined
  kind?: MailKind | undefined
  address?: string | undefined
  cursor?: string | undefined
  limit: number
}

export async function list(ctx: Ctx, { limit, ...filter }: ListWish) {
  const rows = await store.list(ctx, filter, limit + 1)
  const page = rows.slice(0, limit)
  const failed = page.filter(didNotGoOut).map(({ id }) => id)
  const kept = await listGivenUp(ctx, failed)
  const followed = await store.listFollowed(ctx, failed)
  return {
    items: page.map((row) => view(row, kept.has(row.id) && !followed.has(row.id))),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** A mail that perhaps went out is not sent again by hand: the recipient would have it twice under two tries of ours. */
const didNotGoOut = ({ state, perhaps_twice }: store.Listed) =>
  (state === 'refused' || state === 'given_up') && perhaps_twice === 0

function view(row: store.Listed, isResendable: boolean) {
  return {
    id: row.id,
    kind: row.kind as MailKind, // written by us
    recipient: row.recipient,
    copies: JSON.parse(row.copies) as string[], // written by us
    subject: row.subject,
    state: row.state as MailState, // written by us
    attempts: row.attempts,
    words: row.words,
    perhapsTwice: row.perhaps_twice === 1,
    createdAt: new Date(row.created_at).toISOString(),
    triedAt: instant(row.tried_at),
    nextAt: instant(row.next_at),
    settledAt: instant(row.settled_at),
    isResendable,
  }
}

export async function health(ctx: Ctx) {
  const counted = await store.countByState(ctx, ctx.clock.now() - DAY_MS)
  const { waiting, oldestAt } = await store.findQueue(ctx)
  const lastDay = Object.fromEntries(mailStates.map((state) => [state, counted[state] ?? 0]))
  return { lastDay: lastDay as Record<MailState, number>, waiting, oldestWaitingAt: instant(oldestAt) } // one entry per state
}

/** To one's own address only: nobody writes to strangers through this. */
export async function sendTest(ctx: Ctx) {
  const { actor } = ctx
  if (actor.kind !== 'staff') throw new Refusal('session.missing')
  const id = await ctx.tx(async (tx) => {
    if (!(await takeOfQuota(tx, `mail test ${actor.personId}`, TEST_MAIL.perHour, TEST_MAIL.hourSeconds)))
      throw new Refusal('mail.test_too_many', { retryAfterSeconds: TEST_MAIL.hourSeconds })
    const { network, origin } = tx.config
    const mailId = await addMail(tx, {
      kind: 'test',
      about: actor.personId,
      to: actor.email,
      subject: `${network.name}: test message`,
      letter: {
        network: network.name,
        greeting: `Hello ${actor.personName},`,
        paragraphs: ['this is the test message that you asked for. The center can send mail.'],
        button: { label: 'Open mail health', href: `${origin}/staff/mail` },
        footer: `You did not ask for it? Write to ${network.supportMailbox}.`,
      },
    })
    await record(tx, { action: 'mail.test', object: { id: mailId, name: actor.email }, partnerId: null })
    return mailId
  })
  return { id, recipient: actor.email }
}

export async function resend(ctx: Ctx, mailId: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const mail = await store.find(tx, mailId)
    if (!mail) throw new Refusal('thing.not_found')
    const isVoid = (await store.listFollowed(tx, [mailId])).has(mailId)
    const isTaken = didNotGoOut(mail) && !isVoid && (await store.requeue(tx, mailId)) && (await retryWork(tx, mailId))
    if (!isTaken) throw new Refusal('mail.not_resendable')
    await record(tx, {
      action: 'mail.retry',
      object: { id: mailId, name: mail.recipient },
      before: { state: mail.state },
      after: { state: 'queued' },
      partnerId: null,
    })
  })
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
