/** Puts the bound endpoints under /api. A handler never sees a foreign, unauthorised or malformed request. */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Endpoint, POLL_HEADER } from '../../contract/endpoint.ts'
import { FileAnswer, FileBody } from '../../contract/wire.ts'
import { CONSOLE, REGISTRY, RELAY, UPLOAD } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import type { Actor, App, Source } from '../context.ts'
import { newContext } from '../context.ts'
import { tokenHash } from '../seal.ts'
import type { Binding, Http } from './bind.ts'
import { httpOf } from './cookies.ts'
import { KERNEL_CODES } from './errors.ts'
import {
  bearerIn,
  ensureMay,
  ensureNoForeignPage,
  ensureNoPrivateKey,
  ensureOwnOrigin,
  ensureProved,
  ensureShownOrganisation,
  ensureTrialGoesOn,
  fileBody,
  jsonBody,
  parsePart,
  registryActor,
} from './guards.ts'
import { addressKey, newRations, type Rations } from './rations.ts'

/** Finds out who is calling: from the cookies of the request, or for a listener from its token. */
export type Authenticate = {
  session: (app: App, http: Http, isActivity: boolean) => Promise<Actor>
  relay: (app: App, token: string | undefined) => Promise<Actor>
}

type AllRations = Record<'session' | 'address' | 'registry' | 'relay', Rations>

export function mountEndpoints(
  server: FastifyInstance,
  app: App,
  bindings: readonly Binding[],
  authenticate: Authenticate,
): void {
  const perSecond = (perMinute: number) => (perMinute / 60) * app.config.rateFactor
  const rations = {
    session: newRations(
      app.clock,
      perSecond(CONSOLE.requestsPerMinute),
      CONSOLE.requestsPerMinute * app.config.rateFactor,
    ),
    address: newRations(
      app.clock,
      perSecond(CONSOLE.anonymousPerMinute),
      CONSOLE.anonymousPerMinute * app.config.rateFactor,
    ),
    registry: newRations(
      app.clock,
      perSecond(REGISTRY.requestsPerMinute),
      REGISTRY.requestsPerMinute * app.config.rateFactor,
    ),
    relay: newRations(app.clock, perSecond(RELAY.requestsPerMinute), RELAY.requestsPerMinute * app.config.rateFactor),
  }
  const actors = new WeakMap<FastifyRequest, Actor>()
  for (const { endpoint, handle } of bindings) {
    server.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      bodyLimit: endpoint.body === FileBody ? UPLOAD.bytes : CONSOLE.bodyBytes,
      // Before the body is read: nobody makes us take in megabytes that he may not send.
      onRequest: async (request, reply) => {
        const http = httpOf(request, reply, app.config.development)
        actors.set(request, await admit(app, endpoint, request, http, authenticate, rations))
      },
      handler: async (request, reply) => {
        const http = httpOf(request, reply, app.config.development)
        const actor = actors.get(request) ?? { kind: 'nobody' }
        ensureNoPrivateKey(request, endpoint)
        const input = parseInput(app, endpoint, request, actor)
        const source = sourceOf(request)
        const ctx = newContext(app, actor, request.log, source)
        const value = await handle(ctx, input as never, http).catch((error: unknown) => {
          noteUndeclared(endpoint, error, request)
          throw error
        })
        noteUnrecorded(endpoint, source, request)
        return send(request, reply, endpoint, value)
      },
    })
  }
}

async function admit(
  app: App,
  endpoint: Endpoint,
  request: FastifyRequest,
  http: Http,
  authenticate: Authenticate,
  rations: AllRations,
): Promise<Actor> {
  if (endpoint.needs === 'relay') ensureNoForeignPage(request, app.config.origin)
  else ensureOwnOrigin(request, app.config.origin, endpoint.returns === FileAnswer)
  const actor = await actorOf(app, endpoint, request, http, authenticate)
  if (!takeRation(rations, actor, http)) throw new Refusal('request.too_many', { retryAfterSeconds: 5 })
  ensureShownOrganisation(request, endpoint, actor)
  await ensureMayOrRecord(app, endpoint, actor, request)
  ensureTrialGoesOn(endpoint, actor, app.clock.now())
  return actor
}

async function actorOf(
  app: App,
  { needs }: Endpoint,
  request: FastifyRequest,
  http: Http,
  authenticate: Authenticate,
): Promise<Actor> {
  const { authorization } = request.headers
  if (needs === 'registry') return registryActor(authorization, app.config.registryToken)
  if (needs === 'relay') return authenticate.relay(app, bearerIn(authorization))
  if (http.cookie('session') === undefined) return { kind: 'nobody' }
  return authenticate.session(app, http, request.headers[POLL_HEADER] === undefined)
}

/** By session, and without one by address. Listeners share the ration of their application. All systems that have the token of the registry share one ration. */
function takeRation(rations: AllRations, actor: Actor, http: Http): boolean {
  if (actor.kind === 'registry') return rations.registry.take('registry')
  if (actor.kind === 'relay') return rations.relay.take(actor.applicationId)
  return actor.kind === 'member' || actor.kind === 'staff'
    ? rations.session.take(`${actor.personId} ${actor.beganAt}`)
    : rations.address.take(addressKey(http.address))
}

function parseInput(app: App, endpoint: Endpoint, request: FastifyRequest, actor: Actor) {
  const fields: { path: string; message: string }[] = []
  const input = {
    params: parsePart(endpoint.params, request.params, fields),
    query: parsePart(endpoint.query, request.query, fields),
    body: parsePart(endpoint.body, endpoint.body === FileBody ? fileBody(request) : jsonBody(request), fields),
  }
  // A path whose id cannot be one of ours leads nowhere: the same answer as for an id that nobody has.
  if (input.params === undefined) throw new Refusal('thing.not_found')
  if (fields.length > 0) throw new Refusal('request.invalid', { fields })
  if (endpoint.asksProof(input as Parameters<Endpoint['asksProof']>[0])) ensureProved(actor, app.clock.now()) // just parsed
  return input
}

const sourceOf = (request: FastifyRequest): Source => ({ address: request.ip, requestId: request.id, entries: 0 })

/** Somebody who tries what he may not is worth knowing: the refusal stands in the log of his organisation. */
async function ensureMayOrRecord(app: App, endpoint: Endpoint, actor: Actor, request: FastifyRequest): Promise<void> {
  try {
    ensureMay(endpoint.needs, actor)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'permission.missing') {
      const object = { id: endpoint.needs, name: `${endpoint.method} ${endpoint.path}` }
      await newContext(app, actor, request.log, sourceOf(request)).tx((tx) =>
        record(tx, { action: 'permission.refuse', object }),
      )
    }
    throw error
  }
}

/** Only what the contract declares goes out: the value is cut down to the schema. */
function send(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint, value: unknown): FastifyReply {
  if (endpoint.returns === FileAnswer) return sendFile(reply, value as FileAnswer) // the type of its handler
  const body = JSON.stringify(endpoint.returns.parse(value))
  if (endpoint.needs === 'registry' && isKnownAlready(request, reply, body)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}

/** Systems ask the registry again and again: what they have already is not sent anew. */
function isKnownAlready(request: FastifyRequest, reply: FastifyReply, body: string): boolean {
  const tag = `"${tokenHash(body)}"`
  reply.header('etag', tag)
  const known = request.headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known?.some((one) => one === tag || one === '*') === true
}

/** As a download, whatever its type: what a partner wrote must never be opened as a page of ours. */
function sendFile(reply: FastifyReply, { name, type, content }: FileAnswer): FastifyReply {
  const whole = typeof content === 'string' || content instanceof Uint8Array
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '_')}"`)
    .send(whole ? content : Readable.from(content))
}

/** A change that left no entry in the audit log is a mistake of ours. Reading endpoints leave none. */
function noteUnrecorded(endpoint: Endpoint, source: Source, request: FastifyRequest): void {
  if (endpoint.method === 'GET' || endpoint.unrecorded !== undefined || source.entries > 0) return
  request.log.error({ path: endpoint.path }, 'a change left no entry in the audit log')
}

function noteUndeclared(endpoint: Endpoint, error: unknown, request: FastifyRequest): void {
  if (!(error instanceof Refusal)) return
  if (endpoint.refusals.includes(error.code) || KERNEL_CODES.includes(error.code)) return
  request.log.error({ code: error.code, path: endpoint.path }, 'an endpoint threw a code that it does not declare')
}
