/** The center's end of the relay: a call is laid down for a listener, and its answer waited for as that of a server would be. */
import { OUTGOING, RELAY } from '../../rules/limits.ts'
import { newId } from '../clock.ts'
import type { App, Ctx } from '../context.ts'
import { newContext } from '../context.ts'
import type { Clients } from '../gateway/clients.ts'
import { type Answer, EndpointBusy, NobodyListens, type Outgoing } from '../outgoing/client.ts'
import { isRelayUrl } from '../outgoing/wall.ts'
import { type Bell, callsOf, type Line, lookMs, pollsOf } from './line.ts'
import { isListening } from './presence.ts'
import * as store from './store.ts'

/** The same client, but what goes to a `relay:` URL is fetched by the listener of the client that it is addressed to. */
export function withRelay(app: App, outgoing: Outgoing, clients: Clients, line: Line): Outgoing {
  return {
    ...outgoing,
    async post(url, headers, body, ...rest) {
      if (!isRelayUrl(url)) return outgoing.post(url, headers, body, ...rest)
      const client = await clients.find(headers['Client-Id'] ?? '')
      if (!client) throw new Error('Nobody is known by this Client-Id.')
      const { pathname, search } = new URL(url)
      return post(newContext(app, { kind: 'system' }), line, client.applicationId, {
        uri: `${pathname}${search}`,
        headers: JSON.stringify(headers),
        body: body.toString('utf8'), // what is sent to partners is JSON
      })
    },
    async probe(url) {
      if (isRelayUrl(url)) throw new Error('A relay has no address that could be asked.')
      return outgoing.probe(url)
    },
  }
}

type Message = Pick<store.Call, 'uri' | 'headers' | 'body'>

async function post(ctx: Ctx, line: Line, applicationId: string, message: Message): Promise<Answer> {
  const nobody = new NobodyListens((tx) => store.holdSilent(tx, applicationId))
  if (!(await isListening(ctx, applicationId))) throw nobody
  const now = ctx.clock.now()
  if (line.isClosed()) throw new EndpointBusy('this node is about to end')
  if (line.count(callsOf(applicationId)) >= RELAY.openCalls) throw new EndpointBusy('too many calls wait for an answer')
  const id = newId('rly')
  const [bell, place] = [line.hang(id), line.hang(callsOf(applicationId))]
  try {
    const call = { ...message, id, application_id: applicationId, created_at: now, ends_at: now + OUTGOING.attemptMs }
    await ctx.tx((tx) => store.insertCall(tx, call))
    line.ring(pollsOf(applicationId))
    await untilAnswered(ctx, line, bell, id)
  } finally {
    bell.takeDown()
    place.takeDown()
  }
  return answerIn(await ctx.tx((tx) => store.end(tx, id)), line, nobody)
}

async function untilAnswered(ctx: Ctx, line: Line, bell: Bell, id: string): Promise<void> {
  const until = performance.now() + OUTGOING.attemptMs
  for (;;) {
    const left = until - performance.now()
    if (left <= 0 || line.isClosed()) return
    const isRung = await bell.heard(Math.min(left, lookMs(ctx.config.database.engine)))
    if (isRung || (await store.isAnswered(ctx, id))) return
  }
}

function answerIn(call: store.Call | undefined, line: Line, nobody: NobodyListens): Answer {
  if (call?.answer_status != null) {
    return {
      status: call.answer_status,
      headers: JSON.parse(call.answer_headers ?? '{}') as Record<string, string>, // written by us
      body: Buffer.from(call.answer_body ?? '', 'base64'),
    }
  }
  // Sent again after the restart: whether the listener got it, and what it said, is not known here.
  if (line.isClosed()) throw new EndpointBusy('this node is about to end')
  // Nobody fetched it, so nobody was asked.
  if (call?.taken_at == null) throw nobody
  throw new Error(`the listener gave no answer within ${OUTGOING.attemptMs / 1000} seconds`)
}
