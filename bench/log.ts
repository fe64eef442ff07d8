/**
 * The request log with a million exchanges of seven days, on both engines: the first page, every choice of every filter, a whole id, and
 * a text that only a look at all of them can find. BENCH_ROWS asks for fewer.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { listExchanges } from '../contract/log.ts'
import { causes } from '../rules/causes.ts'
import { GATEWAY_APIS } from '../rules/interfaces.ts'
import { resultCodes } from '../rules/results.ts'
import { wordsOf } from '../rules/words.ts'
import { withPostgres } from '../scripts/ensure/postgres.ts'
import { firstIdAt, freshBytes } from '../server/clock.ts'
import { openDatabase } from '../server/db/database.ts'
import type { Row } from '../server/db/schema.ts'
import { newDatabase, type TestEngine } from '../test/database.ts'
import { openBenchCenter } from './center.ts'
import { line, median } from './protocol.ts'

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000)
const BATCH = 250
const DAYS_MS = 6.9 * 86_400_000
const RUNS = 5
const apis = [...new Set(Object.values(GATEWAY_APIS).flat())]

export async function benchLog(): Promise<string[]> {
  const sqlite = await benchOn('sqlite')
  const postgres = await withPostgres(async (url) => {
    process.env.SLIPWAY_TEST_POSTGRES = url
    return benchOn('postgres')
  })
  return [...sqlite, ...postgres]
}

type Query = Record<string, string>

async function benchOn(engine: TestEngine): Promise<string[]> {
  const database = await newDatabase(engine)
  const center = await openBenchCenter('0', database.address)
  const known = await fill(center)
  const params = { applicationId: center.applicationId }
  const timed = async (query: Query): Promise<number> => {
    const times: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now()
      await center.developer.do(listExchanges, { params, query })
      times.push(performance.now() - begun)
    }
    return median(times)
  }
  const slowest = async (queries: readonly Query[]) => {
    let worst = { ms: 0, query: {} as Query }
    for (const query of queries) {
      const ms = await timed(query)
      if (ms > worst.ms) worst = { ms, query }
    }
    return worst
  }
  const report = async (what: string, barMs: number, queries: readonly Query[]) => {
    const { ms, query } = await slowest(queries)
    const words = `${ms.toFixed(0)} ms at most, of ${queries.length} (${new URLSearchParams(query)})`
    return line(`Log of ${ROWS} on ${engine}: ${what}`, `<= ${barMs} ms`, words, ms <= barMs)
  }
  const lines = [
    await report('first page', 100, [{}]),
    await report('filters', 100, everyFilter()),
    await report(
      'whole ids',
      100,
      known.map((search) => ({ search })),
    ),
    await report('text', 2000, [{ search: 'nowhere to be found' }, { search: 'OLDEST-of-all' }, { search: 'pay' }]),
  ]
  await center.close()
  await database.drop()
  return lines
}

function everyFilter(): Query[] {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  return [
    ...['S', 'F', 'U'].map((result) => ({ result })),
    ...['verified', 'refused', 'absent'].map((signature) => ({ signature })),
    ...apis.map((api) => ({ api })),
    ...resultCodes.map((resultCode) => ({ resultCode })),
    ...causes.map((cause) => ({ cause })),
    ...[1, 24, 7 * 24].map((hours) => ({ from: ago(hours) })),
  ]
}

/** Exchanges as the gateway records them. Returns ids of one in the middle. */
async function fill({ database: address, applicationId }: Awaited<ReturnType<typeof openBenchCenter>>) {
  const database = await openDatabase(address)
  const begin = Date.now() - DAYS_MS
  let middle: string[] = []
  for (let written = 0; written < ROWS; written += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, ROWS - written) }, (_, i) => {
      const n = written + i
      return exchange(applicationId, n, begin + Math.floor((n / ROWS) * DAYS_MS))
    })
    if (written <= ROWS / 2) middle = idsOf(rows[0])
    await database.transact(async (db) => {
      await db.insertInto('exchanges').values(rows).execute()
      await db.insertInto('exchange_words').values(rows.map(wordRow)).execute()
      // As the database does by itself after a while.
      if (written + BATCH >= ROWS) await sql`analyze`.execute(db)
    })
  }
  await database.close()
  return middle
}

const idsOf = (row: Row<'exchanges'> | undefined) =>
  [row?.id, row?.payment_request_id, row?.payment_id].filter((id) => typeof id === 'string')

/** Most calls succeed; what goes wrong does so rarely, and some of it nearly never. */
function exchange(applicationId: string, n: number, at: number): Row<'exchanges'> {
  const refused = n % 12 === 0
  const cause = refused ? causes[Math.floor(n / 12) % 7] : n % 99_991 === 0 ? causes[40] : undefined
  const requestId = `req-${randomUUID()}`
  const body = { paymentRequestId: requestId, order: orderOf(n), paymentAmount: { currency: 'USD', value: String(n) } }
  const status = refused ? 'F' : n % 14 === 0 ? 'U' : 'S'
  return {
    id: `${firstIdAt('exc', at)}${freshBytes(10).toString('hex')}`,
    application_id: applicationId,
    at,
    duration_us: 2500,
    method: 'POST',
    uri: '/aps/api/v1/payments/pay',
    api: apis[n % 10 < 8 ? n % 2 : n % 5] ?? null,
    result_code: status === 'S' ? 'SUCCESS' : status === 'U' ? 'PAYMENT_IN_PROCESS' : (resultCodes[(n / 12) % 7] ?? ''),
    result_status: status,
    signature: n % 200 === 0 ? 'refused' : n % 999 === 0 ? 'absent' : 'verified',
    key_version: 1,
    warning: null,
    payment_request_id: requestId,
    payment_id: `pay-${randomUUID()}`,
    refund_request_id: null,
    source_address: '203.0.113.9',
    request_headers: JSON.stringify([['signature', 'x'.repeat(430)]]),
    request_body: Buffer.from(JSON.stringify(body)),
    response_headers: JSON.stringify([['signature', 'x'.repeat(430)]]),
    response_body: JSON.stringify({ result: { resultStatus: status, resultMessage: 'as it went' } }),
    misbehaviour: null,
    direction: 'in',
    cause: cause ?? null,
    is_mocked: null,
    by_test_merchant: null,
  }
}

const orderOf = (n: number) => ({
  referenceOrderId: n === 0 ? 'oldest-of-all' : `order-${randomUUID()}`,
  orderDescription: 'Two tickets for the late show',
  merchant: { referenceMerchantId: `M${n % 1000}`, merchantName: 'Harbour Theatre', merchantMCC: '7922' },
  env: { terminalType: 'WEB', clientIp: '203.0.113.9' },
})

function wordRow(row: Row<'exchanges'>) {
  const texts = [row.id, row.payment_request_id, row.payment_id, row.refund_request_id, row.result_code, row.uri]
  const words = wordsOf(texts, [row.request_body.toString(), row.response_body])
  return { application_id: row.application_id, id: row.id, words }
}
