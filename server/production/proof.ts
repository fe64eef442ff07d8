/** Proof of a production key, and who is told of it: the network's own systems, and the other admins. */
import { getOwn } from '../applications/applications.ts'
import { proveKey, renewChallenge, toldOf } from '../applications/key-proof.ts'
import { record } from '../audit/audit.ts'
import type { Ctx } from '../context.ts'
import { addEvent } from '../launch/events.ts'
import { mailAdmins } from './letters.ts'
import * as store from './store.ts'

export async function challenge(ctx: Ctx, applicationId: string, version: number): Promise<void> {
  await getOwn(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    await renewChallenge(tx, (await store.findClient(tx, applicationId))?.client_id, version)
    await record(tx, { action: 'production.challenge', object: application, after: { version } })
  })
}

export async function prove(ctx: Ctx, applicationId: string, version: number, signature: string): Promise<void> {
  await getOwn(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    const client = await store.findClient(tx, applicationId)
    const { key, retired } = await proveKey(tx, client?.client_id, { version, signature })
    await store.touchClient(tx, key.client_id)
    if (application.status === 'launched') {
      const event = { applicationId, clientId: key.client_id }
      await addEvent(tx, { ...event, type: 'key.activated', data: { key: toldOf(key) } })
      for (const one of retired) await addEvent(tx, { ...event, type: 'key.retired', data: { key: toldOf(one) } })
    }
    await mailAdmins(tx, application, { what: 'proved', ...toldOf(key) })
    const after = { ...toldOf(key), retired: retired.map((one) => one.version) }
    await record(tx, { action: 'production.key_proved', object: application, after })
  })
}
