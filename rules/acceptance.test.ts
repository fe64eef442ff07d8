import { describe, expect, test } from 'vitest'
import { caseIds, findCase, passStands, SUITES, suiteOf } from './acceptance.ts'
import { DEMANDS, demands } from './acceptance/demands.ts'
import {
  type Attempt,
  type Call,
  type Evidence,
  type Json,
  type Misbehaviour,
  type Notification,
  productOf,
  restrictTo,
  storiesOf,
} from './acceptance/evidence.ts'
import { requestInAps } from './acceptance/families.ts'
import * as zh from './zh/acceptance.ts'

/** Evidence as the gateway would have recorded it, written down one line a call. Time goes on by a second with each. */
class Recording implements Evidence {
  readonly calls: Call[] = []
  readonly notifications: Notification[] = []
  private at = 1_790_000_000_000
  private readonly scenario: string | undefined
  private readonly byToken: boolean

  constructor(product: string) {
    this.byToken = product === 'auto_debit'
    this.scenario = { user_presented: 'PaymentCode', merchant_presented: 'OrderCode' }[product]
  }

  private tick() {
    this.at += 1000
    return { at: this.at, n: String(this.at - 1_790_000_000_000).padStart(8, '0') }
  }

  call(api: string, request: Json, code: string, rest: { response?: Json; misbehaviour?: Misbehaviour } = {}): this {
    const { at, n } = this.tick()
    const resultStatus = code === 'SUCCESS' ? 'S' : /PROCESS$|UNKNOWN/.test(code) ? 'U' : 'F'
    this.calls.push({
      id: `exc_${n}`,
      at,
      api: `payments/${api}`,
      signature: 'verified',
      resultCode: code,
      resultStatus,
      paymentRequestId: String(request.paymentRequestId),
      request,
      response: { result: { resultCode: code, resultStatus, resultMessage: 'words' }, ...rest.response },
      misbehaviour: rest.misbehaviour ?? null,
    })
    return this
  }

  pay({
    value = '2000',
    code = 'PAYMENT_IN_PROCESS',
    id = 'P1',
    order = 'O1',
    terminal = 'WEB',
    with: paidWith = 'C1',
    misbehaviour,
    scenario = this.scenario,
  }: Pay = {}) {
    const request = {
      paymentRequestId: id,
      paymentAmount: { currency: 'USD', value },
      order: { referenceOrderId: order, env: { terminalType: terminal } },
      paymentMethod: { paymentMethodId: paidWith },
      paymentFactor: scenario
        ? { isInStorePayment: true, inStorePaymentScenario: scenario }
        : { [this.byToken ? 'isAgreementPayment' : 'isCashierPayment']: true },
    }
    return this.call('pay', request, code, {
      response: { paymentId: `id-of-${id}` },
      ...(misbehaviour ? { misbehaviour } : {}),
    })
  }

  /** `authorizations/…`, which are no calls of a payment. */
  authorize(api: string, request: Json = {}, response: Json = {}): this {
    this.call(api, request, 'SUCCESS', { response })
    const call = this.calls.pop() as Call // just made
    this.calls.push({ ...call, api: `authorizations/${api}`, paymentRequestId: null })
    return this
  }

  inquire(outcome: 'S' | 'F' | 'U', code = 'SUCCESS') {
    const response = { paymentResult: { resultStatus: outcome, resultCode: outcome } }
    return this.call('inquiryPayment', { paymentRequestId: 'P1' }, code, { response })
  }

  cancel(code = 'SUCCESS') {
    return this.call('cancelPayment', { paymentRequestId: 'P1' }, code)
  }

  refund(value: string, { code = 'SUCCESS', id = `R${this.calls.length}`, currency = 'USD' } = {}) {
    const request = { paymentRequestId: 'P1', refundRequestId: id, refundAmount: { currency, value } }
    return this.call('refund', request, code)
  }

  told(code = 'SUCCESS', faults: readonly Fault[] = [null], misbehaviour: Misbehaviour | null = null): this {
    const { at, n } = this.tick()
    const attempts = faults.map((fault): Attempt => {
      const tick = this.tick()
      const forged = fault !== null && typeof fault === 'object'
      return {
        id: `att_${tick.n}`,
        at: tick.at,
        fault: forged ? fault.forged : fault,
        misbehaviour: forged ? 'wrong_notification' : null,
      }
    })
    const resultStatus = code === 'SUCCESS' ? 'S' : 'F'
    const body = { paymentResult: { resultCode: code, resultStatus } }
    this.notifications.push({ id: `ntf_${n}`, at, paymentRequestId: 'P1', body, attempts, misbehaviour })
    return this
  }
}

type Fault = string | null | { forged: string | null }
type Pay = {
  value?: string
  code?: string
  id?: string
  order?: string
  terminal?: string
  with?: string
  misbehaviour?: Misbehaviour
  scenario?: string | undefined
}

type Example = { good: (one: Recording) => Recording; bad: (one: Recording) => Recording; rule: string }

const paid = (one: Recording, pay: Pay = {}) => one.pay(pay).told()
const success = (terminal: string): Example => ({
  good: (one) => paid(one, { terminal }),
  bad: (one) => one.pay({ terminal }).told('SUCCESS', ['no_signature', 'no_signature']),
  rule: 'notification.acknowledge',
})
const failure = (value: string, code: string): Example => ({
  good: (one) => one.pay({ value }).told(code),
  bad: (one) => one.pay({ value }).told(code).pay({ value, code }),
  rule: 'failure.final',
})

const byGrant = (grantType: string): Example => {
  const granted = (one: Recording) =>
    one.authorize('applyToken', { grantType }, { accessToken: 'C1' }).pay({ code: 'SUCCESS' })
  return {
    good: (one) => granted(one).told(),
    bad: (one) => granted(one).told('SUCCESS', ['no_signature']),
    rule: 'notification.acknowledge',
  }
}

const EXAMPLES: Record<string, Example> = {
  success_web: success('WEB'),
  success_app: success('APP'),
  success_wap: success('WAP'),
  success_mini_app: success('MINI_APP'),
  success: {
    good: (one) => paid(one, { code: 'SUCCESS' }),
    bad: (one) => one.pay({ code: 'PARAM_ILLEGAL' }),
    rule: 'payment.success',
  },
  success_order_code: {
    good: (one) => paid(one),
    bad: (one) => one.pay().told('SUCCESS', ['no_signature']),
    rule: 'notification.acknowledge',
  },
  success_entry_code: {
    good: (one) => paid(one, { scenario: 'EntryCode' }),
    bad: (one) => one.pay({ scenario: 'EntryCode' }).told('SUCCESS', ['no_signature']),
    rule: 'notification.acknowledge',
  },
  success_agreement: byGrant('AUTHORIZATION_CODE'),
  success_refreshed: byGrant('REFRESH_TOKEN'),
  token_over: {
    good: (one) => one.pay({ code: 'INVALID_TOKEN' }).authorize('prepare'),
    bad: (one) => one.pay({ code: 'INVALID_TOKEN' }).pay({ id: 'P2', code: 'INVALID_TOKEN' }),
    rule: 'token.anew',
  },
  order_unpaid: {
    good: (one) => one.pay().inquire('U').inquire('U').cancel(),
    bad: (one) => one.pay().inquire('U').cancel(),
    rule: 'unpaid.cancel',
  },
  declined: failure('2000', 'USER_PAYMENT_VERIFICATION_FAILED'),
  payer_not_verified: failure('9906', 'USER_PAYMENT_VERIFICATION_FAILED'),
  balance: failure('9905', 'USER_BALANCE_NOT_ENOUGH'),
  code_refused: {
    good: (one) => one.pay({ code: 'INVALID_CODE' }).pay({ id: 'P2', with: 'C2', code: 'SUCCESS' }),
    bad: (one) => one.pay({ code: 'INVALID_CODE' }).pay({ id: 'P2', code: 'INVALID_CODE' }),
    rule: 'code.fresh',
  },
  in_process: {
    good: (one) => one.pay({ value: '9913' }).inquire('U').inquire('S'),
    bad: (one) => one.pay({ value: '9913' }).cancel(),
    rule: 'unknown.inquire',
  },
  payer_confirms: {
    good: (one) => one.pay({ value: '9916' }).inquire('U').inquire('F'),
    bad: (one) => one.pay({ value: '9916' }).cancel(),
    rule: 'unknown.inquire',
  },
  no_answer: {
    good: (one) => one.pay({ value: '9902', code: 'UNKNOWN_EXCEPTION' }).inquire('F', 'ORDER_NOT_EXIST').cancel(),
    bad: (one) => one.pay({ value: '9902', code: 'UNKNOWN_EXCEPTION' }).pay({ id: 'P2' }),
    rule: 'unknown.cancel',
  },
  repeated_pay: {
    good: (one) => one.pay().pay(),
    bad: (one) => one.pay().pay({ value: '2100', code: 'REPEAT_REQ_INCONSISTENT' }),
    rule: 'repeat.same',
  },
  cancelled: {
    good: (one) => one.pay().cancel().inquire('F'),
    bad: (one) => one.pay().cancel().refund('2000', { code: 'REFUND_AMOUNT_EXCEED' }),
    rule: 'cancel.final',
  },
  cancelled_late: {
    good: (one) => paid(one).cancel('CANCEL_WINDOW_EXCEED').refund('2000'),
    bad: (one) => paid(one).cancel('CANCEL_WINDOW_EXCEED').cancel('CANCEL_WINDOW_EXCEED'),
    rule: 'cancel.then_refund',
  },
  refund_full: {
    good: (one) => paid(one).refund('2000'),
    bad: (one) => paid(one).refund('2000', { code: 'PARAM_ILLEGAL', currency: 'EUR' }),
    rule: 'refund.whole',
  },
  refund_parts: {
    good: (one) => paid(one).refund('500').refund('700'),
    bad: (one) => paid(one).refund('500', { id: 'R' }).refund('700', { id: 'R', code: 'REPEAT_REQ_INCONSISTENT' }),
    rule: 'refund.parts',
  },
  refund_too_large: {
    good: (one) => paid(one).refund('2001', { code: 'REFUND_AMOUNT_EXCEED' }).inquire('S'),
    bad: (one) =>
      paid(one).refund('2001', { code: 'REFUND_AMOUNT_EXCEED' }).refund('2001', { code: 'REFUND_AMOUNT_EXCEED' }),
    rule: 'refund.limit',
  },
  notification_repeated: {
    good: (one) => one.pay().told('SUCCESS', [null, null, null], 'late_notification'),
    bad: (one) => one.pay().told('SUCCESS', [null, 'not_success'], 'late_notification'),
    rule: 'notification.acknowledge_again',
  },
  notification_forged: {
    good: (one) => one.pay().told('SUCCESS', [{ forged: 'not_success' }, null]),
    bad: (one) => one.pay().told('SUCCESS', [{ forged: null }]),
    rule: 'notification.refuse',
  },
  answer_forged: {
    good: (one) => one.pay({ misbehaviour: 'wrong_answer' }).inquire('U'),
    bad: (one) => one.pay({ misbehaviour: 'wrong_answer' }).refund('2000'),
    rule: 'answer.verify',
  },
}

const all = SUITES.flatMap(({ cases }) => cases)
const exampleOf = (id: string) => EXAMPLES[id.split('.')[1] ?? ''] as Example // the first test looks that there is one
const recorded = (product: string, make: Example['good']) => make(new Recording(product))

const verdictOf = (id: string, evidence: Recording) => findCase(id)?.verdict(evidence).outcome

describe('each case', () => {
  test('has a recorded evidence that passes and one that fails', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...new Set(all.map(({ id }) => id.split('.')[1]))].sort())
  })

  test.each(all.map((one) => [one.id, one] as const))('%s passes what is right', (id, one) => {
    const evidence = recorded(one.product, exampleOf(id).good)
    expect(one.verdict(evidence)).toMatchObject({ outcome: 'passed' })
  })

  test.each(all.map((one) => [one.id, one] as const))('%s fails what is wrong, and names the rule', (id, one) => {
    const { bad, rule } = exampleOf(id)
    const verdict = one.verdict(recorded(one.product, bad))
    expect(verdict).toMatchObject({ outcome: 'failed', rule, message: DEMANDS[verdict.rule].title })
    expect(verdict.exchange ?? verdict.notification).toMatch(/^(exc|ntf)_/)
  })

  test.each(all.map((one) => [one.id, one] as const))('%s says the same of nothing but its own evidence', (id, one) => {
    for (const make of [exampleOf(id).good, exampleOf(id).bad]) {
      const own = recorded(one.product, make)
      const others = new Recording(one.product)
      others.pay({ id: 'other', order: 'other' }).pay({ id: 'other', order: 'other' })
      const early = { ...others.calls[0], at: 1, id: 'exc_0' } as Call // a call of long ago
      const evidence = { calls: [early, ...own.calls], notifications: own.notifications }
      const verdict = one.verdict(evidence)
      if (verdict.outcome === 'open') continue
      expect(one.verdict(restrictTo(evidence, verdict.restsOn))).toEqual(verdict)
    }
  })

  test.each(all.map((one) => [one.id, one] as const))('%s is open before anything has come', (_id, one) => {
    expect(one.verdict({ calls: [], notifications: [] })).toMatchObject({ outcome: 'open', restsOn: [] })
  })

  test('a thousand inquiries are no thousand pieces of evidence', () => {
    const evidence = new Recording('cashier').pay({ value: '9913' })
    for (let asked = 0; asked < 500; asked++) evidence.inquire('U')
    for (let asked = 0; asked < 500; asked++) evidence.inquire('S')
    const one = findCase('cashier.in_process')
    const verdict = one?.verdict(evidence)
    expect(verdict).toMatchObject({ outcome: 'passed', exchange: expect.any(String) })
    expect(verdict?.restsOn).toHaveLength(5)
    expect(one?.verdict(restrictTo(evidence, verdict?.restsOn ?? []))).toEqual(verdict)
  })

  test('whoever inquires and is then notified need not inquire again; a notification that he did not acknowledge ends nothing', () => {
    for (const [id, value] of Object.entries({
      'cashier.in_process': '9913',
      'user_presented.payer_confirms': '9916',
    })) {
      const inquired = () => new Recording(id.replace(/\..*/, '')).pay({ value }).inquire('U')
      expect(verdictOf(id, inquired().told()), id).toBe('passed')
      expect(verdictOf(id, inquired().told('SUCCESS', ['no_signature'])), id).toBe('open')
    }
  })

  test('odd JSON in a verified call breaks no judgement', () => {
    const odd: unknown[] = [
      { toString: 1 },
      { valueOf: null },
      [],
      [{}],
      null,
      0,
      -1,
      '',
      'x'.repeat(300),
      true,
      { value: {} },
    ]
    const fields = [
      'paymentFactor',
      'paymentAmount',
      'payToAmount',
      'order',
      'paymentMethod',
      'refundAmount',
      'paymentId',
    ]
    for (const field of fields)
      for (const value of odd)
        for (const request of [
          { paymentRequestId: 'P1', [field]: value },
          { paymentRequestId: 'P1', [field]: { isCashierPayment: value, value, env: value, currency: value } },
          { paymentRequestId: 'P1', paymentFactor: { isCashierPayment: true }, [field]: value },
        ]) {
          const evidence = new Recording('cashier')
            .call('pay', request as Json, 'PARAM_ILLEGAL')
            .inquire('U')
            .refund('1')
          for (const one of all) expect(one.verdict(evidence).outcome, one.id).toMatch(/passed|failed|open/)
        }
  })

  test('what is only half done is no pass', () => {
    const code = { code: 'INVALID_CODE' }
    expect(
      verdictOf(
        'user_presented.code_refused',
        new Recording('user_presented').pay(code).pay({ ...code, id: 'P2', with: 'C2' }),
      ),
    ).toBe('open')
    expect(verdictOf('cashier.in_process', new Recording('cashier').pay({ value: '9913' }).inquire('S'))).toBe('open')
    expect(verdictOf('cashier.in_process', new Recording('cashier').pay({ value: '9913' }).told())).toBe('open')
    const unanswered = new Recording('cashier')
    const request = { paymentRequestId: 'P1', paymentFactor: { isCashierPayment: true } }
    unanswered.call('pay', request, 'UNKNOWN_EXCEPTION').call('pay', request, 'UNKNOWN_EXCEPTION')
    expect(verdictOf('cashier.repeated_pay', unanswered)).toBe('open')
    const expired = new Recording('cashier').pay({ misbehaviour: 'wrong_answer' }).told('ORDER_IS_CLOSED').inquire('F')
    expect(verdictOf('cashier.answer_forged', expired)).toBe('passed')
  })

  test('the product is that of the gateway: of many flags the same one counts, and asking what would be paid is no payment', () => {
    const request = { paymentRequestId: 'P1', paymentFactor: { isCashierPayment: true, isAgreementPayment: true } }
    expect(productOf(request)).toBe('auto_debit')
    const ams = {
      productCode: 'CASHIER_PAYMENT',
      paymentFactor: { isInStorePayment: true, inStorePaymentScenario: 'OrderCode' },
    }
    expect(productOf(requestInAps('ams', ams))).toBe('cashier')
    const evaluation = {
      paymentRequestId: 'P1',
      paymentFactor: { isAgreementPayment: true, isPaymentEvaluation: true },
    }
    expect(storiesOf(new Recording('auto_debit').call('pay', evaluation, 'SUCCESS'))).toEqual([])
  })

  test('whoever cancels an order at once has not failed to wait for its payer', () => {
    expect(
      verdictOf('merchant_presented.order_unpaid', new Recording('merchant_presented').pay().cancel().inquire('F')),
    ).toBe('open')
    const byEntry = new Recording('merchant_presented').pay({ scenario: 'EntryCode' }).inquire('U').cancel()
    expect(verdictOf('merchant_presented.order_unpaid', byEntry)).toBe('open')
  })

  test('one payment that is right is enough, whatever went wrong before', () => {
    const evidence = new Recording('cashier')
      .pay({ id: 'P0' })
      .pay({ id: 'P0', value: '1', code: 'REPEAT_REQ_INCONSISTENT' })
    evidence.pay().pay()
    expect(findCase('cashier.repeated_pay')?.verdict(evidence).outcome).toBe('passed')
  })

  test('a payment of another product, and a call that did not verify, are no evidence', () => {
    const evidence = recorded('user_presented', exampleOf('user_presented.repeated_pay').good)
    expect(findCase('cashier.repeated_pay')?.verdict(evidence).outcome).toBe('open')
    const forged = { ...evidence, calls: evidence.calls.map((call) => ({ ...call, signature: 'refused' as const })) }
    expect(findCase('user_presented.repeated_pay')?.verdict(forged).outcome).toBe('open')
  })
})

describe('the catalogue', () => {
  test('has ten cases of Cashier at least, nine of User-presented, eight of Merchant-presented, nine of Auto Debit', () => {
    expect(suiteOf('cashier').cases.length).toBeGreaterThanOrEqual(10)
    expect(suiteOf('user_presented').cases.length).toBeGreaterThanOrEqual(9)
    expect(suiteOf('auto_debit').cases.length).toBeGreaterThanOrEqual(9)
    expect(suiteOf('merchant_presented').cases.length).toBeGreaterThanOrEqual(8)
  })

  test('names each case once, with steps that say what to do and what to expect', () => {
    expect(new Set(caseIds).size).toBe(caseIds.length)
    for (const { id, steps, title, purpose } of all) {
      expect(steps.length, id).toBeGreaterThan(1)
      expect(title, id).not.toMatch(/\.$/)
      expect(purpose, id).toMatch(/\.$/)
      for (const [instruction, expected] of steps) expect(instruction.length * expected.length, id).toBeGreaterThan(100)
    }
  })

  test('is in Chinese too, step by step', () => {
    for (const { id, steps } of all) expect(zh.CASES[id.split('.')[1] ?? '']?.steps, id).toHaveLength(steps.length)
    expect(Object.keys(zh.DEMANDS).sort()).toEqual([...demands].sort())
  })

  test('keeps a pass over a new version, unless the version changed the case', () => {
    const suite = suiteOf('cashier')
    const newer = {
      ...suite,
      version: 2,
      editions: [...suite.editions, { version: 2, note: 'Stricter.', changed: ['cashier.balance'] }],
    }
    expect(passStands(newer, 'cashier.declined', 1)).toBe(true)
    expect(passStands(newer, 'cashier.balance', 1)).toBe(false)
    expect(passStands(newer, 'cashier.balance', 2)).toBe(true)
  })
})
