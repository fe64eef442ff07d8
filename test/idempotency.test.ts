/**
 * Idempotency is linear: 32 clients pay, refund, cancel and inquire over the signed wire, with copies, reorderings and connections that
 * are cut, against a server process. A checker (history.ts) then looks for what no serial order of the calls could have answered.
 * `npm run prove -- idempotency` takes 100,000 calls.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from './browser.ts'
import { newDatabase, type TestDatabase } from './database.ts'
import { type Answer, type Call, faultsOf } from './history.ts'
import { integrate } from './integration.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { cashierOrder, type GatewayReply, orderKey, type TestPartner } from './partner.ts'
import { newMasterKey, type ServerProcess, startProcess } from './process.ts'

const CALLS = Number(process.env.PROVE_CALLS ?? 2000)
const CLIENTS = 32
/** So many payments are in play at once: few, so that clients meet. */
const IN_PLAY = 12
/** A payment leaves play after so many calls. */
const CALLS_OF_ONE = 60
const PAID = 1000

let database: TestDatabase
let mail: MailSink
let running: ServerProcess
let server: TestPartner
beforeAll(async () => {
  database = await newDatabase()
  mail = await openMailSink()
  running = await startProcess({ database: database.address, smtpUrl: mail.url, masterKey: newMasterKey() })
  server = (await integrate(running, mail)).server
})
afterAll(async () => {
  // Calls that were cut left connections behind that say nothing: nobody waits for them here.
  await running.kill()
  await server.close()
  await mail.close()
  await database.drop()
})

type Play = { id: string; order: Record<string, unknown>; refunds: string[]; calls: number }

function newPlay(): Play {
  const order = cashierOrder({ paymentAmount: usd(PAID), paymentExpiryTime: undefined })
  return { id: String(order.paymentRequestId), order, refunds: [], calls: 0 }
}
const usd = (value: number) => ({ currency: 'USD', value: String(value) })
const oneOf = <T>(values: readonly T[]): T => values[randomInt(values.length)] as T // never asked of an empty list

test('no answer contradicts a serial order of the calls', { timeout: 900_000 }, async () => {
  const history: Call[] = []
  const play = Array.from({ length: IN_PLAY }, newPlay)
  const client = async () => {
    while (history.length < CALLS) {
      const at = randomInt(play.length)
      const one = play[at] as Play // within the list
      if (++one.calls > CALLS_OF_ONE) play[at] = newPlay()
      await step(one, history)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  // Everything that was begun, a look at its end.
  const ids = [...new Set(history.map(({ payment }) => payment))]
  for (const id of ids) await inquire(id, history, false)
  const faults = faultsOf(history)
  const cut = history.filter(({ answer }) => answer === null).length
  const refunds = new Set(
    history.filter(({ kind, answer }) => kind === 'refund' && answer?.status === 'S').map((c) => c.refund),
  )
  process.stdout.write(
    `\nidempotency: ${history.length} calls by ${CLIENTS} clients on ${ids.length} payments, ${refunds.size} refunds, ${cut} cut off, ${faults.length} faults\n`,
  )
  expect(faults).toEqual([])
  expect(cut).toBeGreaterThan(CALLS / 100)
  expect(refunds.size).toBeGreaterThan(CALLS / 100)
})

/** One call about a payment, of a kind by chance; often a copy of one that was made before. */
async function step(play: Play, history: Call[]): Promise<void> {
  const dice = randomInt(100)
  if (dice < 25) return void (await pay(play, history, randomInt(10) === 0 ? PAID + 1 : PAID))
  if (dice < 35) return decide(play, history)
  if (dice < 65) return refund(play, history)
  if (dice < 67) return cancel(play, history)
  return inquire(play.id, history, true)
}

async function pay({ id, order }: Play, history: Call[], amount: number): Promise<GatewayReply | undefined> {
  const body = { ...order, paymentAmount: usd(amount) }
  return recorded(history, { kind: 'pay', payment: id, amount }, true, (signal) => server.pay(body, { signal }))
}

/** The payer, from the page that the payment names. */
async function decide(play: Play, history: Call[]): Promise<void> {
  const reply = await pay(play, history, PAID)
  if (reply?.body.paymentUrl === undefined) return
  const decision = randomInt(8) === 0 ? 'decline' : 'pay'
  await new TestBrowser(running.origin).call(decideOrder, { params: orderKey(reply.body), body: { decision } })
}

async function refund(play: Play, history: Call[]): Promise<void> {
  const isCopy = play.refunds.length > 0 && randomInt(3) > 0
  const refundRequestId = isCopy ? oneOf(play.refunds) : `r-${randomUUID()}`
  if (!isCopy) play.refunds.push(refundRequestId)
  // The amount belongs to the id; now and then a copy has another.
  const own = 50 + (Number.parseInt(refundRequestId.slice(2, 4), 16) % 200)
  const amount = isCopy && randomInt(10) === 0 ? own + 1 : own
  const body = { paymentRequestId: play.id, refundRequestId, refundAmount: usd(amount) }
  await recorded(history, { kind: 'refund', payment: play.id, refund: refundRequestId, amount }, true, (signal) =>
    server.call('payments/refund', body, { signal }),
  )
}

async function cancel({ id }: Play, history: Call[]): Promise<void> {
  await recorded(history, { kind: 'cancel', payment: id }, true, (signal) =>
    server.call('payments/cancelPayment', { paymentRequestId: id }, { signal }),
  )
}

async function inquire(id: string, history: Call[], mayBeCut: boolean): Promise<void> {
  await recorded(history, { kind: 'inquiry', payment: id }, mayBeCut, (signal) =>
    server.call('payments/inquiryPayment', { paymentRequestId: id }, { signal }),
  )
}

/** Makes the call and writes down what was asked, when, and what came of it. One in sixteen is cut off. */
async function recorded(
  history: Call[],
  what: Pick<Call, 'kind' | 'payment' | 'refund' | 'amount'>,
  mayBeCut: boolean,
  make: (signal: AbortSignal) => Promise<GatewayReply>,
): Promise<GatewayReply | undefined> {
  const cutting = new AbortController()
  const isCut = mayBeCut && randomInt(16) === 0
  const begun = performance.now()
  const timer = isCut ? setTimeout(() => cutting.abort(), randomInt(12)) : undefined
  const reply = await make(cutting.signal).catch((error: unknown) => {
    if (cutting.signal.aborted) return undefined
    throw error
  })
  clearTimeout(timer)
  const ended = reply ? performance.now() : Number.POSITIVE_INFINITY
  history.push({ ...what, begun, ended, answer: reply ? answerOf(what.kind, reply) : null })
  return reply
}

function answerOf(kind: Call['kind'], { body, raw }: GatewayReply): Answer {
  const { resultCode: code, resultStatus: status } = body.result
  if (kind !== 'inquiry' || status !== 'S') return { code, status, raw }
  const transactions = body.transactions as { transactionType: string; transactionRequestId: string }[] // by the protocol
  const { resultCode } = body.paymentResult as { resultCode: string } // likewise
  const ofType = (type: string) => transactions.filter(({ transactionType }) => transactionType === type)
  const refunds = ofType('REFUND').map(({ transactionRequestId }) => transactionRequestId)
  return { code, status, raw, seen: { outcome: resultCode, refunds, isCancelled: ofType('CANCEL').length > 0 } }
}
