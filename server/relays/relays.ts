/**
 * The relay of a sandbox, as people and listeners see it: its token, and the polls that fetch calls and hand in answers. The other end is
 * send.ts. A listener is there while a poll of it is open; when that breaks off, what it had is given out again (decisions/0034).
 */
import { OUTGOING, RELAY } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import { type Actor, type App, actorName, type Ctx, listenerOf, newContext } from '../context.ts'
import { hurryRelay, laneOf } from '../notifications/endpoints.ts'
import { countInLanes } from '../outbox/outbox.ts'
import { RELAY_ORIGIN } from '../outgoing/wall.ts'
import { tokenHash } from '../seal.ts'
import { type Bell, type Line, lookMs, pollsOf } from './line.ts'
import { isThere } from './presence.ts'
import * as store from './store.ts'

export { deleteStale as deleteStaleCalls } from './store.ts'

export async function view(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  const row = await store.find(ctx, applicationId)
  const lane = laneOf({ client_id: await store.getClientId(ctx, applicationId), origin: RELAY_ORIGIN })
  return {
    token: row === undefined ? null : { madeAt: new Date(row.made_at).toISOString(), madeBy: row.made_by },
    isListening: isThere(ctx, row),
    seenAt: row?.seen_at == null ? null : new Date(row.seen_at).toISOString(),
    waiting: (await countInLanes(ctx, 'notification', [lane])).get(lane) ?? 0,
  }
}

export async function makeToken(ctx: Ctx, line: Line, applicationId: string) {
  const token = newToken()
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    await store.put(tx, {
      application_id: applicationId,
      token_hash: tokenHash(token),
      made_at: tx.clock.now(),
      made_by: actorName(tx),
      seen_at: null,
      listens_until: 0,
    })
    await record(tx, { action: 'relay.token', object: application })
  })
  line.ring(pollsOf(applicationId))
  return { ...(await view(ctx, applicationId)), newToken: token }
}

export async function removeToken(ctx: Ctx, line: Line, applicationId: string) {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    if (await store.remove(tx, applicationId)) await record(tx, { action: 'relay.remove', object: application })
  })
  line.ring(pollsOf(applicationId))
  return view(ctx, applicationId)
}

// ── listeners ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The token has 256 random bits, so that it is found by its hash and cannot be guessed. */
export async function authenticateListener(app: App, token: string | undefined): Promise<Actor> {
  if (token === undefined) return { kind: 'nobody' }
  const row = await store.findByToken(newContext(app, { kind: 'nobody' }), tokenHash(token))
  if (!row) return { kind: 'nobody' }
  return { kind: 'relay', applicationId: row.application_id, clientId: row.client_id, tokenHash: row.token_hash }
}

type Poll = { listener: string; most: number; waitSeconds: number }

/** Waits for calls. Nothing is open in the database meanwhile. */
export async function take(ctx: Ctx, line: Line, poll: Poll, gone: AbortSignal) {
  const { applicationId } = listenerOf(ctx)
  const key = pollsOf(applicationId)
  if (line.count(key) >= RELAY.polls) throw new Refusal('request.too_many', { retryAfterSeconds: 5 })
  const bell = line.hang(key)
  gone.addEventListener('abort', bell.ring)
  try {
    await noteThere(ctx, poll.waitSeconds)
    // That he polls again proves that he got what he was given.
    if (await store.holdsUnproved(ctx, applicationId, poll.listener))
      await ctx.tx((tx) => store.extendLeases(tx, applicationId, poll.listener))
    return { calls: (await nextCalls(ctx, line, bell, poll, gone)).map((call) => callView(ctx, call)) }
  } finally {
    bell.takeDown()
    if (gone.aborted) await noteGone(ctx, line, poll.listener)
  }
}

/** The first poll after a silence sends what waits. */
async function noteThere(ctx: Ctx, waitSeconds: number): Promise<void> {
  const { applicationId, clientId, tokenHash: hash } = listenerOf(ctx)
  const until = ctx.clock.now() + waitSeconds * 1000 + RELAY.graceMs
  const before = await store.find(ctx, applicationId)
  // A busy listener polls many times a second: it is known to be there.
  const isKnown = before !== undefined && before.token_hash === hash && before.listens_until > until - RELAY.graceMs / 2
  if (isKnown) return
  await ctx.tx(async (tx) => {
    const heard = await store.noteListening(tx, { applicationId, tokenHash: hash, until })
    if (heard === 'came') await hurryRelay(tx, clientId)
  })
}

async function nextCalls(ctx: Ctx, line: Line, bell: Bell, poll: Poll, gone: AbortSignal): Promise<store.Call[]> {
  const { applicationId, tokenHash: hash } = listenerOf(ctx)
  const until = performance.now() + poll.waitSeconds * 1000
  for (;;) {
    if (line.isClosed() || gone.aborted) return []
    if ((await store.find(ctx, applicationId))?.token_hash !== hash) throw new Refusal('relay.wrong_token')
    if (await store.isAnyFree(ctx, applicationId)) {
      const calls = await ctx.tx((tx) => store.takeFree(tx, applicationId, poll.listener, poll.most))
      if (calls.length > 0) return calls
    }
    const left = until - performance.now()
    if (left <= 0) return []
    await bell.heard(Math.min(left, lookMs(ctx.config.database.engine)))
  }
}

/** A poll broke off: its listener is dead, or was cut off and will come again. */
async function noteGone(ctx: Ctx, line: Line, listener: string): Promise<void> {
  const { applicationId } = listenerOf(ctx)
  await ctx.tx(async (tx) => {
    await store.release(tx, applicationId, listener)
    if (line.count(pollsOf(applicationId)) === 0) await store.noteSilent(tx, applicationId)
  })
  line.ring(pollsOf(applicationId))
}

function callView(ctx: Ctx, call: store.Call) {
  const headers = JSON.parse(call.headers) as Record<string, string> // written by us
  return {
    id: call.id,
    uri: call.uri,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: Buffer.from(call.body).toString('base64'),
    withinMs: Math.min(OUTGOING.attemptMs, Math.max(0, call.ends_at - ctx.clock.now())),
  }
}

type Answer = { id: string; status: number; headers: { name: string; value: string }[]; body: string }

export async function answer(ctx: Ctx, line: Line, { id, status, headers, body }: Answer) {
  const { applicationId } = listenerOf(ctx)
  const flat: Record<string, string> = {}
  for (const { name, value } of headers) {
    const key = name.toLowerCase()
    flat[key] = flat[key] === undefined ? value : `${flat[key]}, ${value}`
  }
  const given = { answer_status: status, answer_headers: JSON.stringify(flat), answer_body: body }
  const isInTime = await ctx.tx((tx) => store.answer(tx, applicationId, id, given))
  if (isInTime) line.ring(id)
  return { isInTime }
}
