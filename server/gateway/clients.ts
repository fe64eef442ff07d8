/**
 * Who may call the gateway: clients with their keys, read from the database and kept for a second. Keys are parsed once and kept as
 * key objects; parsing one costs six times as much as verifying with it.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import { type ContractFees, contractFeesOf } from '../../rules/fees.ts'
import type { PartnerType, ProductId } from '../../rules/products.ts'
import type { App } from '../context.ts'
import { newContext } from '../context.ts'
import type { Row } from '../db/schema.ts'
import * as store from './store.ts'

export type ClientKey = {
  version: number
  fingerprint: string
  proved: boolean
  key: KeyObject
}

/** Of the Test Merchant. */
type ThrowAwayKey = { endsAt: number; key: KeyObject }

export type Client = {
  clientId: string
  applicationId: string
  participantId: string
  partnerType: PartnerType
  products: readonly ProductId[]
  /** Those that verify, newest first. */
  keys: readonly ClientKey[]
  /** Keys that count beside them, until they end. */
  throwAwayKeys: readonly ThrowAwayKey[]
  /** Replacements that are not proved yet: they verify nothing, and are told apart from a wrong signature. */
  waitingKeys: readonly ClientKey[]
  /** Null until the partner has set a key. */
  networkKey: KeyObject | null
  /** How far the clock of this sandbox is ahead; up to a second old. */
  clockOffsetMs: number
  /** A call of this client has verified before. */
  verifiedBefore: boolean
  /** What is to be done wrong to this client next, on purpose; up to a second old. */
  misbehaviour: Misbehaviour | null
  /** When the trial of its partner ends; up to a second old. Null under contract. */
  trialEndsAt: number | null
  /** What the contract of its partner has agreed on; up to a second old. */
  fees: ContractFees
}

export type Clients = {
  /** `fresh` asks the database even if the client was read a moment ago: a key may have been set since, on any node. */
  find(clientId: string, fresh?: boolean): Promise<Client | undefined>
  /** Something about a client was changed here. Other nodes learn of it within a second. */
  forget(): void
}

const LIFE_MS = 1000
/** A stranger's guesses must not fill the memory. */
const MOST = 10_000

export function newClients(app: App): Clients {
  const known = new Map<string, { client: Client | undefined; readAt: number }>()
  const parsed = new Map<string, KeyObject>()
  let forgotten = 0

  const parse = (id: string, make: () => KeyObject): KeyObject => {
    const key = parsed.get(id) ?? make()
    if (parsed.size >= MOST) parsed.clear()
    parsed.set(id, key)
    return key
  }

  const publicKeyOf = (row: { fingerprint: string; public_key: string }) =>
    parse(row.fingerprint, () =>
      createPublicKey({ key: Buffer.from(row.public_key, 'base64'), format: 'der', type: 'spki' }),
    )
  const keyOf = (row: Row<'client_keys'>): ClientKey => ({
    version: row.version,
    fingerprint: row.fingerprint,
    proved: row.proved_at !== null,
    key: publicKeyOf(row),
  })

  async function read(clientId: string): Promise<Client | undefined> {
    const found = await store.findClient(newContext(app, { kind: 'system' }), clientId)
    if (!found) return undefined
    const { client, keys, throwAwayKeys, products } = found
    return {
      clientId,
      applicationId: client.application_id,
      participantId: client.participant_id,
      partnerType: client.partner_type as PartnerType, // written by us
      products,
      keys: keys.filter(({ state }) => state === 'active').map(keyOf),
      throwAwayKeys: throwAwayKeys.map((row) => ({ endsAt: row.ends_at, key: publicKeyOf(row) })),
      waitingKeys: keys.filter(({ state }) => state === 'waiting').map(keyOf),
      networkKey:
        client.network_private_key === null
          ? null
          : parse(`private ${client.network_fingerprint}`, () =>
              createPrivateKey(app.seal.open(client.network_private_key ?? '')),
            ),
      clockOffsetMs: client.clock_offset_ms,
      verifiedBefore: client.verified_at !== null,
      misbehaviour: client.misbehaviour as Misbehaviour | null, // written by us
      trialEndsAt: client.trial_ends_at,
      fees: contractFeesOf(client.fees),
    }
  }

  return {
    async find(clientId, fresh = false) {
      const now = performance.now()
      const entry = known.get(clientId)
      if (entry && !fresh && now - entry.readAt < LIFE_MS) return entry.client
      const before = forgotten
      const client = await read(clientId)
      // Read before the change and back after it: good for this call, but not to be kept.
      if (before !== forgotten) return client
      if (known.size >= MOST) known.clear()
      known.set(clientId, { client, readAt: now })
      return client
    },
    forget() {
      forgotten++
      known.clear()
    },
  }
}
