/**
 * What the network's own systems are told of launched applications: an event in the outbox with the change that causes it, delivered at
 * least once under one id (deliver.ts). An event only says that something changed; the registry says how it is (decisions/0022).
 */
import type { LaunchEvent } from '../../rules/launch.ts'
import type { ProductId } from '../../rules/products.ts'
import { newId } from '../clock.ts'
import type { TxCtx } from '../context.ts'
import { addWork } from '../outbox/outbox.ts'

type Event = {
  type: LaunchEvent
  applicationId: string
  clientId: string
  data: {
    products?: readonly ProductId[]
    key?: { version: number; fingerprint: string }
    api?: string
    url?: string | null
  }
}

export async function addEvent(tx: TxCtx, { type, applicationId, clientId, data }: Event): Promise<void> {
  if (tx.config.launchEventUrl === '') return
  const body = { type, timestamp: new Date(tx.clock.now()).toISOString(), data: { clientId, applicationId, ...data } }
  const work = { topic: 'launch_event', id: newId('evt'), payload: JSON.stringify(body) }
  // One address takes them all: no more are under way than it has connections.
  await addWork(tx, { ...work, lane: 'launch_event' })
}
