/**
 * A checker of histories: what many clients asked about payments at once, when, and what they were answered. It says where no serial
 * order of the calls could have given these answers.
 *
 * A payment only ever moves forward (rules/payment.ts) and a refund is there or not, so the search for an order, which is hard in
 * general (Wing and Gong, "Testing and verifying concurrent objects", 1993), becomes arithmetic of intervals here: what was seen must
 * form a chain, and each link must have had time to come between the last call that did not see it and the first that did.
 */

type Kind = 'pay' | 'refund' | 'cancel' | 'inquiry'

export type Call = {
  kind: Kind
  /** The payment it is about: its paymentRequestId. */
  payment: string
  /** Of a refund. */
  refund?: string
  /** Minor units: what is to be paid, or given back. */
  amount?: number
  /** Milliseconds of one clock. */
  begun: number
  /** Infinity: cut off, so that it may have had its effect at any time, or never. */
  ended: number
  /** Null: cut off. */
  answer: Answer | null
}

export type Answer = {
  code: string
  status: string
  /** The business part of it, byte for byte. */
  raw: string
  /** What an inquiry has seen. */
  seen?: { outcome: string; refunds: readonly string[]; isCancelled: boolean }
}

/** Everything that is wrong, in words; empty where a serial order exists. */
export function faultsOf(history: readonly Call[]): string[] {
  const payments = grouped(history, ({ payment }) => payment)
  const faults = [...payments].flatMap(([id, calls]) => faultsOfPayment(calls).map((fault) => `${id}: ${fault}`))
  return [...faults, ...faultsOfRefundIds(history)]
}

function grouped<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}

/** A refund id belongs to one payment and one amount for ever. */
function faultsOfRefundIds(history: readonly Call[]): string[] {
  const taken = history.filter(({ kind, answer }) => kind === 'refund' && answer?.status === 'S')
  return [...grouped(taken, ({ refund }) => refund)].flatMap(([refund, calls]) => {
    const effects = new Set(calls.map(({ payment, amount, answer }) => `${payment} ${amount} ${answer?.raw}`))
    return effects.size > 1 ? [`${refund}: ${effects.size} effects under one refund id`] : []
  })
}

function faultsOfPayment(calls: readonly Call[]): string[] {
  return [
    ...faultsOfPay(calls),
    ...faultsOfReopening(calls),
    ...faultsOfInconsistency(calls),
    ...faultsOfAmounts(calls),
    ...faultsOfChain(calls),
    ...faultsOfRefunds(calls),
  ]
}

/** Copies of one call: one payment, and once it is final one answer. */
function faultsOfPay(calls: readonly Call[]): string[] {
  const answers = calls.filter(({ kind, answer }) => kind === 'pay' && answer !== null && answer.code !== REPEATED)
  const byCode = grouped(answers, ({ answer }) => answer?.code)
  return [...byCode].flatMap(([code, same]) => {
    const raws = new Set(same.map(({ answer }) => answer?.raw))
    return raws.size > 1 ? [`pay answered ${code} in ${raws.size} ways`] : []
  })
}

/** What was decided is not open again. */
function faultsOfReopening(calls: readonly Call[]): string[] {
  const answers = calls.filter(({ kind, answer }) => kind === 'pay' && answer !== null && answer.code !== REPEATED)
  const decided = Math.min(...answers.filter(({ answer }) => answer?.code !== OPEN).map(({ ended }) => ended))
  const made = Math.min(...answers.map(({ ended }) => ended))
  const forgotten = calls.some(
    ({ kind, answer, begun }) => kind === 'inquiry' && answer?.code === 'ORDER_NOT_EXIST' && begun > made,
  )
  const reopened = answers.some(({ answer, begun }) => answer?.code === OPEN && begun > decided)
  return [
    ...(reopened ? ['pay answered that it is open after it had answered how it was decided'] : []),
    ...(forgotten ? ['was not known any more after it had been made'] : []),
  ]
}

const OPEN = 'PAYMENT_IN_PROCESS'

const REPEATED = 'REPEAT_REQ_INCONSISTENT'

/** Who is told that an id was used otherwise can only be told so if somebody began to use it otherwise. */
function faultsOfInconsistency(calls: readonly Call[]): string[] {
  return calls.flatMap((call) => {
    if (call.answer?.code !== REPEATED) return []
    const others = calls.filter(
      ({ kind, refund, amount, begun }) =>
        kind === call.kind && refund === call.refund && amount !== call.amount && begun < call.ended,
    )
    return others.length === 0 ? [`${call.kind} ${call.refund ?? ''} was told of a repetition that nobody made`] : []
  })
}

/** Refunds that certainly happened never exceed the payment; one that was refused for its amount had reason to be. */
function faultsOfAmounts(calls: readonly Call[]): string[] {
  const paid = calls.find(({ kind, answer }) => kind === 'pay' && answer !== null && answer.code !== REPEATED)?.amount
  if (paid === undefined) return []
  const amounts = new Map<string, number>()
  for (const { kind, refund, amount, answer } of calls) {
    if (kind === 'refund' && refund !== undefined && answer?.status === 'S') amounts.set(refund, amount ?? 0)
  }
  const total = sum(amounts.values())
  const faults = total > paid ? [`${total} of ${paid} were given back`] : []
  for (const call of calls) {
    if (call.answer?.code !== 'REFUND_AMOUNT_EXCEED' || mayBeUnpaid(calls, call)) continue
    const most = new Map<string, number>()
    for (const { kind, refund, amount, begun } of calls) {
      if (kind !== 'refund' || refund === undefined || refund === call.refund || begun >= call.ended) continue
      most.set(refund, Math.max(most.get(refund) ?? 0, amount ?? 0))
    }
    if (sum(most.values()) + (call.amount ?? 0) <= paid) faults.push(`${call.refund} was refused though there was room`)
  }
  return faults
}

/** Of what is not paid nothing is given back: while it is open, when it failed, and after a cancel. */
function mayBeUnpaid(calls: readonly Call[], { begun, ended }: Call): boolean {
  const isPaid = ({ answer }: Call) =>
    answer?.seen?.outcome === 'SUCCESS' || (answer?.code === 'SUCCESS' && !answer.seen)
  const paidBy = Math.min(
    ...calls
      .filter((call) => (call.kind === 'pay' || call.kind === 'inquiry') && isPaid(call))
      .map((call) => call.ended),
  )
  const cancelledFrom = Math.min(...calls.filter(({ kind }) => kind === 'cancel').map((call) => call.begun))
  return begun < paidBy || cancelledFrom < ended
}

const sum = (values: Iterable<number>) => [...values].reduce((all, one) => all + one, 0)

type Link = { name: string; first: number; last: number }

/** How far a payment has come, as a number that only grows. */
function heightOf({ outcome, refunds, isCancelled }: NonNullable<Answer['seen']>): number {
  return (outcome === OPEN ? 0 : 1) + refunds.length + (isCancelled ? 1 : 0)
}

/** Snapshots: each contains the one below it, a final outcome stays, and time allows for every step. */
function faultsOfChain(calls: readonly Call[]): string[] {
  const seen = calls.flatMap(({ begun, ended, answer }) => (answer?.seen ? [{ begun, ended, seen: answer.seen }] : []))
  seen.sort((a, b) => heightOf(a.seen) - heightOf(b.seen))
  const faults: string[] = []
  for (const [at, { seen: higher }] of seen.entries()) {
    const lower = seen[at - 1]?.seen
    if (!lower) continue
    const isSame = heightOf(lower) === heightOf(higher)
    const isWithin =
      lower.refunds.every((id) => higher.refunds.includes(id)) && (!lower.isCancelled || higher.isCancelled)
    const changed = lower.outcome !== higher.outcome && lower.outcome !== OPEN && !higher.isCancelled
    if (!isWithin || changed || (isSame && textOf(lower) !== textOf(higher)))
      faults.push(`seen as ${textOf(lower)} and as ${textOf(higher)}, of which neither can follow the other`)
  }
  return [...faults, ...faultsOfTime(seen.map(({ seen: one, ...when }) => ({ height: heightOf(one), ...when })))]
}

const textOf = ({ outcome, refunds, isCancelled }: NonNullable<Answer['seen']>) =>
  `${outcome}${isCancelled ? ' cancelled' : ''} [${[...refunds].sort().join(' ')}]`

/**
 * Height h is reached after every call that saw less had begun, and before any that saw it had ended. Taking each step as early as that
 * allows, one after the other, is the serial order, if there is one.
 */
function faultsOfTime(seen: readonly { height: number; begun: number; ended: number }[]): string[] {
  const heights = [...new Set(seen.map(({ height }) => height))].sort((a, b) => a - b)
  let earliest = Number.NEGATIVE_INFINITY
  return heights.flatMap((height) => {
    const below = seen.filter((one) => one.height < height)
    const reached = seen.filter((one) => one.height >= height)
    earliest = Math.max(earliest, ...below.map(({ begun }) => begun))
    const latest = Math.min(...reached.map(({ ended }) => ended))
    return earliest > latest ? [`went back from step ${height} after it had been seen`] : []
  })
}

/** A refund that was acknowledged is seen from then on; one that is seen had been asked for. */
function faultsOfRefunds(calls: readonly Call[]): string[] {
  const asked = grouped(
    calls.filter(({ kind }) => kind === 'refund'),
    ({ refund = '' }) => refund,
  )
  const looks = calls.flatMap(({ begun, ended, answer }) =>
    answer?.seen ? [{ begun, ended, ids: answer.seen.refunds }] : [],
  )
  const links: Link[] = [...asked].map(([name, tries]) => ({
    name,
    first: Math.min(...tries.map(({ begun }) => begun)),
    last: Math.min(...tries.filter(({ answer }) => answer?.status === 'S').map(({ ended }) => ended)),
  }))
  return [
    ...links.flatMap(({ name, first, last }) => [
      ...(looks.some(({ begun, ids }) => begun > last && !ids.includes(name))
        ? [`${name} was acknowledged and not seen`]
        : []),
      ...(looks.some(({ ended, ids }) => ended < first && ids.includes(name))
        ? [`${name} was seen before it was asked for`]
        : []),
    ]),
    ...looks.flatMap(({ ids }) => ids.filter((id) => !asked.has(id)).map((id) => `${id} was seen and never asked for`)),
  ]
}
