/** Reads a chain of the audit log from its first entry to its head, and says where it was altered, if anywhere. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AUDIT } from '../../rules/limits.ts'
import type { Ctx } from '../context.ts'
import { hashOf, headText } from './chain.ts'
import * as store from './store.ts'

/** `number` is the place in the chain at which it breaks: of the altered entry, or of the first one that is missing. */
type Fault = { chain: string; number: number; id: string | null; reason: string }
export type Verified = { chain: string; entries: number; fault: Fault | null }

export async function verifyAll(ctx: Ctx): Promise<Verified[]> {
  const verified: Verified[] = []
  for (const head of await store.listHeads(ctx)) verified.push(await verifyChain(ctx, head))
  // A chain that was taken out as a whole: opening a partner is its first entry.
  return [...verified, ...(await store.listMissingChains(ctx)).map(missing)]
}

const missing = (chain: string): Verified => ({
  chain,
  entries: 0,
  fault: { chain, number: 1, id: null, reason: 'the chain is missing' },
})

/** One chain; none where nothing was written to it. */
export async function verifyOne(ctx: Ctx, chain: string): Promise<Verified[]> {
  const head = await store.findHead(ctx, chain)
  if (head) return [await verifyChain(ctx, head)]
  return (await store.listMissingChains(ctx)).filter((one) => one === chain).map(missing)
}

async function verifyChain(ctx: Ctx, head: store.Head): Promise<Verified> {
  let number = head.first_number - 1
  let previous = head.first_previous_hash
  const at = (reason: string, id: string | null = null, place = number + 1): Verified => ({
    chain: head.chain,
    entries: number - head.first_number + 1,
    fault: { chain: head.chain, number: place, id, reason },
  })
  if (head.first_number !== 1 || head.first_previous_hash !== '')
    return at('the beginning of the chain is missing', null, 1)
  for (;;) {
    // Entries that came after the head was read belong to the next run.
    const page = (await store.listChain(ctx, head.chain, number, AUDIT.verifyRows)).filter(
      (entry) => entry.number <= head.number,
    )
    for (const entry of page) {
      if (entry.number !== number + 1) return at('an entry is missing')
      if (entry.previous_hash !== previous) return at('it does not follow the entry before it', entry.id)
      if (entry.hash !== hashOf(entry)) return at('its text does not give its hash', entry.id)
      number = entry.number
      previous = entry.hash
    }
    if (page.length < AUDIT.verifyRows) break
    // The embedded database answers at once: others get their turn here.
    await nextTurn()
  }
  if (number !== head.number) return at('an entry is missing')
  // In this order: whatever is written meanwhile moves the head too.
  const last = await store.lastNumber(ctx, head.chain)
  const end = (await store.findHead(ctx, head.chain))?.number ?? 0
  if (last > end) return at('an entry was added behind the end of the chain', null, end + 1)
  if (previous !== head.hash) return at('the head names another hash', null, number)
  if (!isSealed(ctx, head)) return at('the seal of the head was not made with the master key', null, number)
  return { chain: head.chain, entries: number - head.first_number + 1, fault: null }
}

function isSealed(ctx: Ctx, { chain, number, hash, seal }: store.Head): boolean {
  try {
    return ctx.seal.open(seal) === headText(chain, number, hash)
  } catch {
    return false
  }
}
