/** The Signature Doctor on a recorded call: gathers what could have been signed and with which key, and asks rules/diagnose.ts. */
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { toBase64 } from '../../rules/bytes.ts'
import { asCause, DOCTOR_CAUSES } from '../../rules/causes.ts'
import { diagnose as ask, type Digest } from '../../rules/diagnose.ts'
import type { CallFacts, KnownKey } from '../../rules/diagnosis.ts'
import { DOCTOR } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Ctx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import type { Rations } from '../http/rations.ts'
import * as store from './doctor-store.ts'
import { headerIn, type HeaderPairs } from './exchanges.ts'

type Clients = Awaited<ReturnType<typeof store.listClients>>

export async function diagnose(ctx: Ctx, rations: Rations, applicationId: string, exchangeId: string) {
  const row = await store.findExchange(ctx, applicationId, exchangeId)
  if (!row) throw new Refusal('thing.not_found')
  if (row.signature !== 'refused' && !DOCTOR_CAUSES.includes(asCause(row.cause) ?? null))
    throw new Refusal('diagnosis.not_refused')
  const clients = await store.listClients(ctx)
  return examine(ctx, rations, { applicationId, at: row.at, clients, facts: factsOf(row) })
}

type Signed = { applicationId: string; at: number; facts: CallFacts }

/** The same of whatever the partner signed, such as the answer to a notification. */
export async function diagnoseSigned(ctx: Ctx, rations: Rations, signed: Signed) {
  return examine(ctx, rations, { ...signed, clients: await store.listClients(ctx) })
}

async function examine(
  ctx: Ctx,
  rations: Rations,
  { applicationId, at, clients, ...signed }: Signed & { clients: Clients },
) {
  const facts = { ...signed.facts, otherClientIds: otherIds(clients, signed.facts.clientId) }
  if (facts.body.length > DOCTOR.bodyBytes) throw new Refusal('diagnosis.too_large')
  if (!rations.take(applicationId)) throw new Refusal('diagnosis.too_many', { retryAfterSeconds: 5 })
  const keys = await keysOf(ctx, { application_id: applicationId, at }, clients)
  const found = await ask(facts, keys, digestInTurns())
  const { key } = found
  return {
    ...found,
    key: key ? { ...key, application: keys.find((one) => one.publicKey === key.publicKey)?.application ?? null } : null,
    hash: found.hash ?? null,
    received: toBase64(found.received),
    signed: found.signed ? toBase64(found.signed) : null,
  }
}

/** Others have their turn whenever so much has been hashed, which with the making of what is hashed takes a few milliseconds. */
const TURN_BYTES = 300_000

/** On the spot: handing a string to another thread takes longer than hashing it. */
export function digestInTurns(): Digest {
  let left = TURN_BYTES
  return (hash, bytes) => {
    const digest = Uint8Array.from(createHash(hash).update(bytes).digest())
    left -= bytes.length
    if (left > 0) return digest
    left = TURN_BYTES
    return nextTurn(digest)
  }
}

/** What came: the call of the partner, or his answer to a call of ours. */
function factsOf(row: Row<'exchanges'>): CallFacts {
  const asked = JSON.parse(row.request_headers) as HeaderPairs // written by us, like the next
  const isOurs = row.direction === 'out'
  const signed = isOurs ? (JSON.parse(row.response_headers) as HeaderPairs) : asked
  const clientId = headerIn(asked, 'client-id') ?? ''
  const times = [headerIn(signed, 'date'), isOurs ? headerIn(asked, 'request-time') : undefined]
  return {
    method: row.method,
    uri: row.uri,
    host: headerIn(asked, 'host'),
    clientId,
    time: headerIn(signed, isOurs ? 'response-time' : 'request-time') ?? '',
    body: Uint8Array.from(isOurs ? Buffer.from(row.response_body) : row.request_body),
    signature: headerIn(signed, 'signature') ?? '',
    otherClientIds: [],
    otherTimes: times.filter((time) => time !== undefined),
  }
}

/** Whom else the caller could have taken himself for. */
const otherIds = (clients: Clients, clientId: string) =>
  clients
    .map(({ client_id }) => client_id)
    .filter((id) => id !== clientId)
    .slice(0, DOCTOR.clientIds)

type NamedKey = KnownKey & { application: string | null }

/** The first key counts from the start; one that replaces another only once it is proved. */
function kindOf({ state, version, proved_at }: Row<'client_keys'>, at: number): 'own' | 'retired' | 'waiting' {
  if (state === 'retired') return 'retired'
  return version > 1 && (proved_at === null || proved_at > at) ? 'waiting' : 'own'
}

/** The keys of the client itself first; of those of other applications the newest. */
async function keysOf(
  ctx: Ctx,
  { application_id, at }: Pick<Row<'exchanges'>, 'application_id' | 'at'>,
  clients: Clients,
): Promise<NamedKey[]> {
  const rows = await store.listKeys(
    ctx,
    clients.map(({ client_id }) => client_id),
  )
  const keys = rows.flatMap((row): NamedKey[] => {
    const client = clients.find(({ client_id }) => client_id === row.client_id)
    if (!client) return []
    const isOther = client.application_id !== application_id
    const own = row.set_at > at && row.state !== 'retired' ? 'later' : kindOf(row, at)
    const kind = isOther ? 'other_application' : client.environment === 'production' ? 'production' : own
    return [{ kind, version: row.version, publicKey: row.public_key, application: isOther ? client.name : null }]
  })
  const ofNetwork = clients.flatMap(({ application_id: id, network_public_key: publicKey }): NamedKey[] =>
    id === application_id && publicKey !== null ? [{ kind: 'center', version: 1, publicKey, application: null }] : [],
  )
  const [others, ownOnes] = [true, false].map((wanted) =>
    keys.filter(({ kind }) => (kind === 'other_application') === wanted),
  )
  return [...(ownOnes ?? []), ...ofNetwork, ...(others ?? []).slice(0, DOCTOR.keys)]
}
