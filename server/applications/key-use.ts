/** Versions of a sandbox key: their use, read off the request log, and the way out of use and back. */
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { countVerified } from '../gateway/exchanges.ts'
import { getOwn } from './applications.ts'
import { giveChallenge, proveKey, renewChallenge, toldOf } from './key-proof.ts'
import * as sandbox from './sandbox.ts'
import * as store from './store.ts'

/** At most so many versions verify calls at once. */
const ACTIVE_MAX = 2

export async function use(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  const { client_id } = await store.getClient(ctx, applicationId)
  const keys = await store.listKeys(ctx, client_id)
  const counted = await countVerified(ctx, applicationId)
  return {
    items: keys.map(({ version }) => {
      const found = counted.get(version)
      return {
        version,
        lastHour: Number(found?.last_hour ?? 0),
        lastDay: Number(found?.last_day ?? 0),
        lastWeek: Number(found?.last_week ?? 0),
        lastAt: found === undefined ? null : new Date(Number(found.last_at)).toISOString(),
      }
    }),
  }
}

export async function retire(ctx: Ctx, applicationId: string, version: number, evenIfUsed: boolean) {
  const { items } = await use(ctx, applicationId)
  const lastDay = items.find((one) => one.version === version)?.lastDay ?? 0
  await ctx.tx(async (tx) => {
    const { application, keys, key } = await ownKey(tx, applicationId, version)
    if (key.state === 'retired') throw new Refusal('key.retired')
    if (key.state === 'active' && activeOf(keys) === 1) throw new Refusal('key.only_active')
    if (lastDay > 0 && !evenIfUsed) throw new Refusal('key.in_live_use')
    await store.setKeyState(tx, key, 'retired')
    await record(tx, { action: 'sandbox.key_retired', object: application, after: { version } })
  })
  return sandbox.get(ctx, applicationId)
}

/** As it was: one that was never proved waits again. */
export async function restore(ctx: Ctx, applicationId: string, version: number) {
  await ctx.tx(async (tx) => {
    const { application, keys, key } = await ownKey(tx, applicationId, version)
    if (key.state !== 'retired') throw new Refusal('key.not_retired')
    if (activeOf(keys) >= ACTIVE_MAX) throw new Refusal('key.two_active')
    const isWaiting = key.proved_at === null
    await store.setKeyState(tx, key, isWaiting ? 'waiting' : 'active')
    if (isWaiting) await giveChallenge(tx, key.client_id, version)
    await record(tx, { action: 'sandbox.key_restored', object: application, after: { version } })
  })
  return sandbox.get(ctx, applicationId)
}

/** A new text to sign, for a replacement that waits. */
export async function challenge(ctx: Ctx, applicationId: string, version: number) {
  await ctx.tx(async (tx) => {
    const { application, key } = await ownKey(tx, applicationId, version)
    await renewChallenge(tx, key.client_id, version)
    await record(tx, { action: 'sandbox.challenge', object: application, after: { version } })
  })
  return sandbox.get(ctx, applicationId)
}

export async function prove(ctx: Ctx, applicationId: string, version: number, signature: string) {
  await ctx.tx(async (tx) => {
    const { application, key } = await ownKey(tx, applicationId, version)
    const { retired } = await proveKey(tx, key.client_id, { version, signature })
    const after = { ...toldOf(key), retired: retired.map((one) => one.version) }
    await record(tx, { action: 'sandbox.key_proved', object: application, after })
  })
  return sandbox.get(ctx, applicationId)
}

const activeOf = (keys: readonly { state: string }[]) => keys.filter(({ state }) => state === 'active').length

async function ownKey(tx: TxCtx, applicationId: string, version: number) {
  const application = await getOwn(tx, applicationId)
  await store.lock(tx, applicationId)
  const { client_id } = await store.getClient(tx, applicationId)
  const keys = await store.listKeys(tx, client_id)
  const key = keys.find((one) => one.version === version)
  if (!key) throw new Refusal('thing.not_found')
  return { application, keys, key }
}
