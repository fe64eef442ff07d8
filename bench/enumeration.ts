/**
 * S7: whether the time of an answer tells that an address has an account. 2 × 2,000 samples each of log-in and of the start of a
 * reset, known and unknown in random turn; AUC is how often a known one took longer than an unknown one: 0.5 tells nothing.
 */
import { randomInt } from 'node:crypto'
import { logIn, startReset } from '../contract/accounts.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { openDatabase } from '../server/db/database.ts'
import { TestBrowser } from '../test/browser.ts'
import { openBenchCenter } from './center.ts'
import { line } from './protocol.ts'

const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 2000)
/** Few tries for each account: the allowances must not come into it. */
const TRIES = 3

export async function benchEnumeration(): Promise<string[]> {
  const center = await openBenchCenter('0,1')
  const known = Array.from({ length: Math.ceil(SAMPLES / TRIES) }, (_, i) => `known${i}@partner.test`)
  await addAccounts(center.database, center.email, known)
  const unknown = known.map((email) => email.replace('known', 'other'))
  const lines: string[] = []
  for (const { name, endpoint, body } of [
    { name: 'log-in', endpoint: logIn, body: (email: string) => ({ email, password: 'not the right sentence' }) },
    { name: 'start of a reset', endpoint: startReset, body: (email: string) => ({ email }) },
  ]) {
    const samples = await interleaved(center.origin, endpoint, body, known, unknown)
    const auc = aucOf(samples.known, samples.unknown)
    const text = `AUC ${auc.toFixed(3)} over 2 × ${samples.known.length}, answers ${samples.differ ? 'DIFFER' : 'alike'}`
    lines.push(line(`S7 ${name}`, '0.45 to 0.55, alike', text, auc >= 0.45 && auc <= 0.55 && !samples.differ))
  }
  await center.close()
  return lines
}

/** Accounts as they are after their activation: copies of the one that is there. */
async function addAccounts(
  address: Parameters<typeof openDatabase>[0],
  model: string,
  emails: string[],
): Promise<void> {
  const database = await openDatabase(address)
  await database.transact(async (db) => {
    const person = await db.selectFrom('people').selectAll().where('email', '=', model).executeTakeFirstOrThrow()
    const member = await db
      .selectFrom('members')
      .selectAll()
      .where('person_id', '=', person.id)
      .executeTakeFirstOrThrow()
    for (const [i, email] of emails.entries()) {
      const id = `${person.id.slice(0, -6)}${String(i).padStart(6, '0')}`
      await db
        .insertInto('people')
        .values({ ...person, id, email, email_key: email })
        .execute()
      await db
        .insertInto('members')
        .values({ ...member, person_id: id })
        .execute()
    }
  })
  await database.close()
}

async function interleaved(
  origin: string,
  endpoint: Endpoint,
  body: (email: string) => object,
  known: string[],
  unknown: string[],
) {
  const turns = shuffled([
    ...known.flatMap((email) => Array.from({ length: TRIES }, () => ({ email, isKnown: true }))),
    ...unknown.flatMap((email) => Array.from({ length: TRIES }, () => ({ email, isKnown: false }))),
  ])
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  const shapes = { known: new Set<string>(), unknown: new Set<string>() }
  for (const { email, isKnown } of turns) {
    const browser = new TestBrowser(origin)
    const begun = performance.now()
    const reply = await browser.send(endpoint.method, `/api${endpoint.path}`, body(email))
    const who = isKnown ? 'known' : 'unknown'
    times[who].push(performance.now() - begun)
    shapes[who].add(shapeOf(reply))
  }
  const differ = [...shapes.known].sort().join('\n') !== [...shapes.unknown].sort().join('\n')
  return { ...times, differ }
}

/** The whole answer but for what is different in every answer. */
function shapeOf({ status, headers, text }: { status: number; headers: Headers; text: string }): string {
  const changing = /^(date|x-request-id|set-cookie)$/
  const kept = [...headers].map(([name, value]) => (changing.test(name) ? name : `${name}: ${value}`))
  return [status, ...kept, text.replace(/"requestId":"[^"]+"/, '')].join('\n')
}

function shuffled<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const other = randomInt(i + 1)
    const [a, b] = [items[i], items[other]]
    if (a !== undefined && b !== undefined) [items[i], items[other]] = [b, a]
  }
  return items
}

/** The chance that a sample of `a` is larger than one of `b`. */
function aucOf(a: readonly number[], b: readonly number[]): number {
  const sorted = [...b].sort((x, y) => x - y)
  let below = 0
  for (const value of a) {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    below += low
  }
  return below / (a.length * b.length)
}
