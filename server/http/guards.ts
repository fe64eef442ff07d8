/** What is checked before a handler runs, in this order: origin, ration, organisation, need, the shape of the input, then a fresh proof. */
import type { FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { CONSOLE_HEADER, type Endpoint, type Need, PARTNER_HEADER } from '../../contract/endpoint.ts'
import { CONSOLE, PROOF_SECONDS } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import {
  type PartnerPermission,
  partnerPermissions,
  roleMay,
  rolesThatMay,
  type StaffPermission,
  staffRoleMay,
  staffRolesThatMay,
} from '../../rules/roles.ts'
import type { Actor } from '../context.ts'
import { sameSecret } from '../seal.ts'
import { addressHoldsPrivateKey, bytesHoldPrivateKey } from './private-key.ts'

/**
 * A change must come from our own pages: same origin as the browser tells it, and a header that a foreign page cannot add. A file is
 * saved by a plain link, which has no header; the browser still tells when a foreign page holds the link.
 */
export function ensureOwnOrigin(request: FastifyRequest, origin: string, isFile: boolean): void {
  const site = request.headers['sec-fetch-site']
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (isFile && (site === 'cross-site' || site === 'same-site')) throw new Refusal('request.foreign_origin')
    return
  }
  const from = request.headers.origin
  const told = from === undefined ? site === 'same-origin' : from === origin
  const own = told && (site === undefined || site === 'same-origin') && request.headers[CONSOLE_HEADER] !== undefined
  if (!own) throw new Refusal('request.foreign_origin')
}

/** A listener is no browser. If a browser is told to speak like one, it says which page told it: then that must be one of ours. */
export function ensureNoForeignPage({ headers }: FastifyRequest, origin: string): void {
  const site = headers['sec-fetch-site']
  const isForeign = (headers.origin ?? origin) !== origin || (site !== undefined && site !== 'same-origin')
  if (isForeign) throw new Refusal('request.foreign_origin')
}

/**
 * Another window of the browser has taken the session to another organisation: what this one shows is not what its calls would reach.
 * Log-in, and what a person does about himself, are the same in every window; what he reads of himself tells the window.
 */
export function ensureShownOrganisation({ headers }: FastifyRequest, { method, needs }: Endpoint, actor: Actor): void {
  const shown = headers[PARTNER_HEADER]
  if (shown === undefined || (actor.kind !== 'member' && actor.kind !== 'staff')) return
  if (needs === 'nobody' || (needs === 'session' && method !== 'GET')) return
  if (actor.kind === 'staff' || shown !== actor.partnerId) throw new Refusal('session.other_organisation')
}

/** The need of the endpoint against the actor of the session. */
export function ensureMay(need: Need, actor: Actor): void {
  if (need === 'nobody') return
  if (need === 'registry') {
    if (actor.kind !== 'registry') throw new Refusal('registry.wrong_token')
    return
  }
  if (need === 'relay') {
    if (actor.kind !== 'relay') throw new Refusal('relay.wrong_token')
    return
  }
  if (actor.kind !== 'member' && actor.kind !== 'staff') throw new Refusal('session.missing')
  if (need === 'session') return
  if (isPartnerPermission(need)) {
    if (actor.kind === 'member' && actor.roles.some((role) => roleMay(role, need))) return
    throw new Refusal('permission.missing', { missing: { permission: need, roles: rolesThatMay(need) } })
  }
  if (actor.kind === 'staff' && staffRoleMay(actor.staffRole, need)) return
  throw new Refusal('permission.missing', { missing: { permission: need, roles: staffRolesThatMay(need) } })
}

/**
 * After the end of a trial the members look, and change nothing. What is a person's own stays open: to log out, to change the
 * password, to go to another organisation.
 */
export function ensureTrialGoesOn({ method, needs }: Endpoint, actor: Actor, now: number): void {
  if (method === 'GET' || actor.kind !== 'member' || actor.trialEndsAt === null || now < actor.trialEndsAt) return
  if (needs !== 'session' && needs !== 'nobody') throw new Refusal('partner.trial_over')
}

function isPartnerPermission(need: PartnerPermission | StaffPermission): need is PartnerPermission {
  return (partnerPermissions as readonly string[]).includes(need)
}

/** Some actions must not be open to a session that somebody left behind: the password was entered a moment ago, or is asked for. */
export function ensureProved(actor: Actor, now: number): void {
  if (actor.kind !== 'member' && actor.kind !== 'staff') throw new Refusal('session.missing')
  if (now - actor.provedAt >= PROOF_SECONDS * 1000) throw new Refusal('session.proof_needed')
}

/** The token of an Authorization header. */
export function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
}

/** Who calls the registry. The token is compared in constant time; where none is set, nothing opens. */
export function registryActor(authorization: string | undefined, token: string): Actor {
  if (token === '') throw new Refusal('registry.off')
  const sent = bearerIn(authorization)
  return sent !== undefined && sameSecret(sent, token) ? { kind: 'registry' } : { kind: 'nobody' }
}

/**
 * No private key gets any further than this, wherever it was pasted. Endpoints that take keys say themselves, and more exactly, what
 * the text was: their body is theirs to refuse.
 */
export function ensureNoPrivateKey(request: FastifyRequest, { refusals }: Endpoint): void {
  const takesKeys = refusals.some((code) => code === 'key.private' || code === 'sftp.key_private')
  const isInBody = !takesKeys && request.body instanceof Buffer && bytesHoldPrivateKey(request.body)
  if (isInBody || addressHoldsPrivateKey(request.url)) throw new Refusal('request.private_key')
}

const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i

/** The body as JSON, whatever the header would like it to be. A body of another type is refused, not guessed at. */
export function jsonBody(request: FastifyRequest): unknown {
  const bytes = request.body
  if (!(bytes instanceof Buffer) || bytes.length === 0) return {}
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new Refusal('request.not_json')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new Refusal('request.malformed')
  }
  if (depthOf(value, CONSOLE.jsonDepth) > CONSOLE.jsonDepth) throw new Refusal('request.malformed')
  return value
}

/** The body as a file: one type, exactly. What the file is, is judged by its content. */
export function fileBody(request: FastifyRequest): Buffer {
  if (request.headers['content-type'] !== 'application/octet-stream') throw new Refusal('upload.not_bytes')
  if (!(request.body instanceof Buffer) || request.body.length === 0) throw new Refusal('upload.empty')
  return request.body
}

/** How deep a value is nested, counted no further than just past the limit. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || limit < 0) return 0
  let deepest = 0
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, limit - 1))
  return 1 + deepest
}

/** More than these are not told: nobody mends a thousand fields at once. */
const FAULTS_TOLD = 100

/** Parses one part of the input. Every wrong value is named at once, by the path under which the sender knows it. */
export function parsePart(schema: z.ZodType, value: unknown, fields: { path: string; message: string }[]): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues.slice(0, FAULTS_TOLD)) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, FAULTS_TOLD))
        fields.push({ path: [...issue.path, key].join('.'), message: 'is not a field of this request' })
    } else fields.push({ path: issue.path.join('.'), message: issue.message })
  }
  return undefined
}
