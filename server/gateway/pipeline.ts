/**
 * A call through the gateway, one line per step:
 * private key → method → client → header → key → signature → ration → agent → interface → media type → body → the interface's own work → answer → evidence.
 * Each step refuses with its own result code. Nothing is parsed before its signature has verified. Stated in docs/guide/signing.md.
 */
import { type Json, productOf } from '../../rules/acceptance/evidence.ts'
import { requestInAps } from '../../rules/acceptance/families.ts'
import type { Cause } from '../../rules/causes.ts'
import { codeIn, type Family, familyOf, interfaceAt, sideOf } from '../../rules/interfaces.ts'
import { asksForMock, ruleFor } from '../../rules/mock.ts'
import { resultOf } from '../../rules/results.ts'
import { parseSignatureHeader, type SignatureHeader } from '../../rules/signature.ts'
import type { Ctx } from '../context.ts'
import type { Rations } from '../http/rations.ts'
import { rulesOf } from '../mocks/mocks.ts'
import type { Wall } from '../outgoing/wall.ts'
import type { Client, ClientKey, Clients } from './clients.ts'
import { type Answer, askedIds, type Call, evidenceOf, type Received } from './evidence.ts'
import { recordExchange } from './exchanges.ts'
import type { Holds } from './holds.ts'
import { isoTime, refusedAnswer } from './facts.ts'
import { takeMisbehaviour } from './misbehaviours.ts'
import { findInterface } from './interfaces.ts'
import type { Partners } from './partner-calls.ts'
import type { Answered, Prepared } from './payments.ts'
import { fieldRefusal } from './fields.ts'
import { GatewayRefusal, HeldRefusal } from './refusal.ts'
import { withoutPrivateKey } from './private-key.ts'
import { signMessage, verifyMessage } from './signing.ts'
import * as store from './store.ts'

export type Gateway = {
  clients: Clients
  wall: Wall
  partners: Partners
  calls: Rations
  refusals: Rations
  /** What refused calls may write down, in bytes. */
  refusedBytes: Rations
  holds: Holds
}

export async function receive(gateway: Gateway, ctx: Ctx, came: Received): Promise<Answer> {
  const received = withoutPrivateKey(came)
  const call = newCall(ctx, received)
  try {
    if (received !== came) await refusePrivateKey(gateway, call)
    await ensurePost(gateway, call)
    const client = await findClient(gateway, call)
    await authenticate(gateway, ctx, call, client)
    ensureNoAgent(received)
    return await answerPrepared(gateway, ctx, call, await prepare(gateway, ctx, call, client))
  } catch (error) {
    return answerRefused(gateway, ctx, call, error)
  }
}

/**
 * A call whose body could not be received: larger than the limit, or of another length than it said. Without the body no signature
 * can be checked, so the answer is unsigned; a known client finds the call in its log all the same.
 */
export async function receiveUnreadable(
  gateway: Gateway,
  ctx: Ctx,
  received: Received,
  refusal: GatewayRefusal,
): Promise<Answer> {
  const call = newCall(ctx, withoutPrivateKey(received))
  call.warning = 'The body could not be received and was not kept.'
  try {
    const client = await findClient(gateway, call)
    throw withinRation(gateway, call, client, refusal)
  } catch (error) {
    return answerRefused(gateway, ctx, call, error)
  }
}

/** Of a call that holds a private key nothing is kept that could hold it, and nobody works with the rest. */
async function refusePrivateKey(gateway: Gateway, call: Call): Promise<never> {
  call.warning = 'It held a private key: body, query and the headers that held it were not kept.'
  const client = await findClient(gateway, call)
  throw withinRation(gateway, call, client, new GatewayRefusal('call.private_key'))
}

function newCall(ctx: Ctx, received: Received): Call {
  return {
    received,
    startedAt: ctx.clock.now(),
    begun: performance.now(),
    client: undefined,
    signature: 'absent',
    keyVersion: null,
    warning: null,
    family: familyOf(received.uri),
    api: interfaceAt(received.uri)?.api ?? null,
    misbehaviour: null,
    isMocked: false,
    byTestMerchant: false,
  }
}

/**
 * The answer of a first call is signed before the write, so that the change and its evidence share one commit. A repeated call is
 * answered with what is stored, which has to be signed anew.
 */
async function answerPrepared(gateway: Gateway, ctx: Ctx, call: Call, { expected, apply }: Prepared): Promise<Answer> {
  await misbehaveIfAsked(ctx, call)
  const ahead = await signedAnswer(ctx, call, expected.body)
  const isLast = ({ body, followUp }: Answered) => body === expected.body && followUp === undefined
  const written = await ctx.tx(async (tx) => {
    const real = await apply(tx)
    if (isLast(real)) await recordExchange(tx, evidenceOf(call, ahead, real))
    return real
  })
  // Held only now: what was written is committed, and no transaction waits.
  if (written.holdSeconds) await gateway.holds.hold(call.client?.clientId ?? '', written.holdSeconds)
  if (isLast(written)) return ahead
  const answered = written.followUp ? await written.followUp(ctx) : written
  const answer = await signedAnswer(ctx, call, answered.body)
  await ctx.tx((tx) => recordExchange(tx, evidenceOf(call, answer, answered)))
  return answer
}

/** An acceptance case that runs: the answer to one `pay` is signed wrongly. */
async function misbehaveIfAsked(ctx: Ctx, call: Call): Promise<void> {
  const { client } = call
  if (call.isMocked || call.byTestMerchant || client?.misbehaviour !== 'wrong_answer' || call.api !== 'payments/pay')
    return
  const product = productOf(requestInAps(call.family, jsonOf(call.received.body) as Json)) // it has been parsed before
  const madeAt = ctx.clock.now() + client.clockOffsetMs
  const wanted = { clientId: client.clientId, kind: 'wrong_answer', product, madeAt } as const
  if (await ctx.tx((tx) => takeMisbehaviour(tx, wanted))) call.misbehaviour = 'wrong_answer'
}

async function answerRefused(gateway: Gateway, ctx: Ctx, call: Call, error: unknown): Promise<Answer> {
  if (!(error instanceof GatewayRefusal)) ctx.log.error({ err: error }, 'a gateway call failed')
  const refusal = error instanceof GatewayRefusal ? error : new GatewayRefusal(ourFault(call))
  const { reason: cause } = refusal
  const answer = await signedAnswer(ctx, call, refusedAnswer(call.family, refusal, ctx.config.origin))
  if (call.client && !(error instanceof RationRefusal)) {
    const asked = { ...askedIds(call), paymentId: null, cause }
    await ctx.tx((tx) => recordExchange(tx, evidenceOf(call, answer, asked)))
  }
  if (error instanceof HeldRefusal) await gateway.holds.hold(call.client?.clientId ?? '', error.holdSeconds)
  return answer
}

/** What we say of a mistake of our own. An agreement of AMS is asked for anew, and not inquired. */
function ourFault({ family, api }: Call): Cause {
  return family === 'ams' && api === 'authorizations/consult' ? 'call.our_fault_before_start' : 'call.our_fault'
}

/** Refused whoever calls; a client that is known finds the call in its log. */
async function ensurePost(gateway: Gateway, call: Call): Promise<void> {
  if (call.received.method === 'POST') return
  const client = await findClient(gateway, call).catch((error: unknown) => {
    if (error instanceof GatewayRefusal) return undefined
    throw error
  })
  const refusal = new GatewayRefusal('call.not_post')
  throw client ? withinRation(gateway, call, client, refusal) : refusal
}

async function findClient(gateway: Gateway, call: Call): Promise<Client> {
  const clientId = call.received.headers['client-id']
  if (!clientId) throw new GatewayRefusal('client.missing')
  // Node joins what is sent twice; a text with a comma is no id of ours, nor is a long one.
  if (clientId.length > 64) throw new GatewayRefusal('client.too_long')
  const client = await gateway.clients.find(clientId)
  if (!client) throw new GatewayRefusal('client.unknown')
  call.client = client
  // In the partner's log all the same, within the ration of refused calls.
  if (client.trialEndsAt !== null && call.startedAt >= client.trialEndsAt)
    throw withinRation(gateway, call, client, new GatewayRefusal('client.trial_over'))
  return client
}

/**
 * Header, key, signature: afterwards the caller is who he says, and the bytes are his. Refused calls have a ration of their own, asked
 * before anything that costs more than a verification: whoever knows a Client-Id can cause them, and must not use up the good ones.
 */
async function authenticate(gateway: Gateway, ctx: Ctx, call: Call, client: Client): Promise<void> {
  const refusal = (reason: Cause) => withinRation(gateway, call, client, new GatewayRefusal(reason))
  const { received } = call
  const time = received.headers['request-time']
  if (!time) throw refusal('time.missing')
  if (time.length > 64) throw refusal('time.too_long')
  const header = parseSignatureHeader(received.headers.signature)
  if ('fault' in header) throw refusal(`signature.${header.fault}`)

  call.signature = 'refused'
  const parts = { method: received.method, uri: received.uri, clientId: client.clientId, time }
  const verifies = ({ key }: Pick<ClientKey, 'key'>) => verifyMessage(key, parts, received.body, header.signature)
  const signerOf = (one: Client) =>
    candidates(one, header).find(verifies) ??
    one.throwAwayKeys.find((key) => key.endsAt > call.startedAt && verifies(key))
  let current = client
  let key = signerOf(client)
  if (!key) {
    const refused = refusal(whyNoKey(client, header))
    if (refused instanceof RationRefusal) throw refused
    // A key may have been set a moment ago, here or on another node.
    current = (await gateway.clients.find(client.clientId, true)) ?? client
    call.client = current
    key = signerOf(current)
    if (!key) throw current.waitingKeys.some(verifies) ? new GatewayRefusal('key.not_proved') : refused
  }
  call.signature = 'verified'
  if ('endsAt' in key) {
    // It proves nothing about the partner: neither a key of his nor his first call.
    call.byTestMerchant = true
    call.warning = BY_TEST_MERCHANT
  } else {
    call.keyVersion = key.version
    call.warning = warningFor(key, header)
    await noteProof(gateway, ctx, current, key)
  }
  if (!gateway.calls.take(client.clientId)) throw new RationRefusal('call.ration')
}

const BY_TEST_MERCHANT = 'The Test Merchant signed it with a throw-away key; no acceptance case counts it.'

/** The first call that verifies with the first key proves it, and the first of all is a task on the home page. */
async function noteProof(
  gateway: Gateway,
  ctx: Ctx,
  client: Client,
  { proved, fingerprint }: ClientKey,
): Promise<void> {
  if (proved && client.verifiedBefore) return
  await ctx.tx((tx) => store.proveKey(tx, client.clientId, fingerprint))
  await gateway.clients.find(client.clientId, true)
}

/** Over a ration: answered, but not written down, or the log itself could be used to fill the disk. */
class RationRefusal extends GatewayRefusal {}

function withinRation(
  { refusals, refusedBytes }: Gateway,
  { received }: Call,
  { clientId }: Client,
  refusal: GatewayRefusal,
): GatewayRefusal {
  const isWithin = refusals.take(clientId) && refusedBytes.take(clientId, sizeOf(received))
  return isWithin ? refusal : new RationRefusal('call.ration_of_refused')
}

/** About as many bytes as it takes to write it down. */
function sizeOf({ uri, rawHeaders, body }: Received): number {
  return rawHeaders.reduce((size, text) => size + text.length, uri.length + body.length)
}

/** The key that the header names first, then the others: public clients always name version 1. Named none: the newest first. */
function candidates({ keys }: Client, { keyVersion }: SignatureHeader): ClientKey[] {
  const order = (key: ClientKey) => (key.version === keyVersion ? 0 : 1)
  return [...keys].sort((a, b) => order(a) - order(b) || b.version - a.version)
}

function whyNoKey({ keys, waitingKeys }: Client, { keyVersion }: SignatureHeader): Cause {
  if (keys.length === 0) return 'key.none'
  const isKnown = keyVersion === undefined || [...keys, ...waitingKeys].some(({ version }) => version === keyVersion)
  return isKnown ? 'signature.does_not_verify' : 'key.version_unknown'
}

function warningFor(key: ClientKey, { keyVersion }: SignatureHeader): string | null {
  if (keyVersion === undefined || keyVersion === key.version) return null
  return `The header names key version ${keyVersion}; the signature verifies with version ${key.version}.`
}

/** Nobody can be authorized to act for a partner yet, so every token is a wrong one. Some clients send the header empty. */
function ensureNoAgent({ headers }: Received): void {
  if (headers['agent-token']) throw new GatewayRefusal('call.agent_token')
}

async function prepare(gateway: Gateway, ctx: Ctx, call: Call, client: Client): Promise<Prepared> {
  const known = call.api === null ? undefined : findInterface(call.family, call.api)
  if (!known) throw new GatewayRefusal('call.interface_unknown')
  ensureOwnSide(call.family, call.api ?? '', client)
  ensureJson(call.received.headers['content-type'])
  const body = jsonOf(call.received.body)
  const parsed = known.schema.safeParse(body)
  if (!parsed.success) throw fieldRefusal(body, parsed.error.issues[0])
  const forced = await forcedAnswer(ctx, call, client, body)
  if (forced) return forced
  const { family, byTestMerchant } = call
  const how = { family, byTestMerchant, wall: gateway.wall, partners: gateway.partners }
  return known.prepare(ctx, client, parsed.data as never, how) // the schema of the same row has made it
}

/** Acquirers and wallets call interfaces of their own. Technical service providers act for acquirers. */
function ensureOwnSide(family: Family, api: string, { partnerType }: Client): void {
  const own = partnerType === 'wallet' ? 'wallet' : 'acquirer'
  const side = sideOf(family, api)
  if (side === own) return
  throw new GatewayRefusal(side === 'wallet' ? 'call.interface_for_wallets' : 'call.interface_for_acquirers')
}

/** What iMock answers to a call that asks for it; undefined where it is off, or no rule fits. Nothing is done then. */
async function forcedAnswer(ctx: Ctx, call: Call, client: Client, body: unknown): Promise<Prepared | undefined> {
  if (!asksForMock((name) => call.received.headers[name])) return undefined
  const rule = ruleFor(await rulesOf(ctx, client.applicationId), call.api ?? '', body)
  if (rule === undefined) return undefined
  call.isMocked = true
  call.warning ??= MOCKED
  const result = resultOf(codeIn(call.family, rule.resultCode), MOCKED)
  const expected = { ...askedIds(call), body: JSON.stringify({ result }), paymentId: null }
  return { expected, apply: async () => expected }
}
const MOCKED = 'iMock gave this answer; nothing was done.'

function ensureJson(contentType: string | undefined): void {
  if (contentType === undefined || /^application\/json\s*(;.*)?$/i.test(contentType)) return
  throw new GatewayRefusal('call.media_type')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    throw new GatewayRefusal('body.not_json')
  }
}

/** Signed only for a caller who proved who he is; the network's own documents say so. */
async function signedAnswer(ctx: Ctx, call: Call, body: string): Promise<Answer> {
  const { received, client } = call
  const time = isoTime(ctx.clock.now())
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'response-time': time,
    tracerid: received.id,
  }
  if (client) headers['client-id'] = client.clientId
  if (client?.networkKey && call.signature === 'verified') {
    const parts = { method: received.method, uri: received.uri, clientId: client.clientId, time }
    const signed = call.misbehaviour === 'wrong_answer' ? `${body} ` : body
    headers.signature = await signMessage(client.networkKey, parts, Buffer.from(signed))
  }
  return { headers, body }
}
