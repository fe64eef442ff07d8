/** The checker itself: it finds what is wrong in histories that are made to be wrong, and nothing in those that are right. */
import { expect, test } from 'vitest'
import { type Answer, type Call, faultsOf } from './history.ts'

const answer = (code: string, raw = code, seen?: Answer['seen']): Answer => ({
  code,
  status: code === 'SUCCESS' ? 'S' : code === 'PAYMENT_IN_PROCESS' ? 'U' : 'F',
  raw,
  ...(seen ? { seen } : {}),
})
const call = (kind: Call['kind'], [begun, ended]: [number, number], change: Partial<Call>): Call => ({
  kind,
  payment: 'p',
  begun,
  ended,
  answer: answer('SUCCESS'),
  ...change,
})
const pay = (time: [number, number], code = 'PAYMENT_IN_PROCESS', raw = code) =>
  call('pay', time, { amount: 100, answer: answer(code, raw) })
const refund = (time: [number, number], id: string, amount: number, code = 'SUCCESS', raw = `${code} ${id}`) =>
  call('refund', time, { refund: id, amount, answer: answer(code, raw) })
const look = (time: [number, number], refunds: string[], outcome = 'SUCCESS', isCancelled = false) =>
  call('inquiry', time, { answer: answer('SUCCESS', '', { outcome, refunds, isCancelled }) })

test('a history that is right has no fault, also where calls overlap and were cut', () => {
  expect(
    faultsOf([
      pay([0, 10]),
      pay([5, 12]),
      look([8, 11], [], 'PAYMENT_IN_PROCESS'),
      look([20, 30], []),
      { ...refund([21, 30], 'a', 60), answer: null, ended: Number.POSITIVE_INFINITY },
      refund([25, 40], 'b', 40),
      look([26, 41], ['b']),
      look([27, 42], ['a', 'b']),
      refund([50, 60], 'c', 1, 'REFUND_AMOUNT_EXCEED'),
      refund([61, 62], 'b', 40),
    ]),
  ).toEqual([])
})

test.each<[string, RegExp, Call[]]>([
  ['two payments under one id', /pay answered .* in 2 ways/, [pay([0, 1]), pay([2, 3], 'PAYMENT_IN_PROCESS', 'other')]],
  ['a decision that is taken back', /open after/, [pay([0, 1], 'SUCCESS'), pay([2, 3])]],
  [
    'a payment that is forgotten',
    /not known any more/,
    [pay([0, 1]), call('inquiry', [2, 3], { answer: answer('ORDER_NOT_EXIST') })],
  ],
  [
    'two effects under one refund id',
    /2 effects/,
    [pay([0, 1]), refund([2, 3], 'a', 5), refund([4, 5], 'a', 5, 'SUCCESS', 'x')],
  ],
  ['more given back than paid', /120 of 100/, [pay([0, 1]), refund([2, 3], 'a', 60), refund([2, 3], 'b', 60)]],
  [
    'a refusal for no reason',
    /there was room/,
    [pay([0, 1], 'SUCCESS'), refund([2, 3], 'a', 60, 'REFUND_AMOUNT_EXCEED')],
  ],
  ['a refund that is lost', /acknowledged and not seen/, [pay([0, 1]), refund([2, 3], 'a', 5), look([4, 5], [])]],
  ['a refund from nowhere', /never asked for/, [pay([0, 1]), look([4, 5], ['z'])]],
  ['a refund seen too early', /before it was asked/, [pay([0, 1]), look([2, 3], ['a']), refund([4, 5], 'a', 5)]],
  ['a state that goes back', /went back/, [pay([0, 1]), look([2, 3], []), look([4, 5], [], 'PAYMENT_IN_PROCESS')]],
  [
    'an outcome that changes',
    /neither can follow/,
    [pay([0, 1]), look([2, 3], [], 'SUCCESS'), look([4, 5], [], 'ORDER_IS_CLOSED')],
  ],
  [
    'two looks of which neither follows the other',
    /neither can follow/,
    [pay([0, 1]), refund([2, 9], 'a', 5), refund([2, 9], 'b', 5), look([3, 4], ['a']), look([3, 4], ['b'])],
  ],
  ['a repetition that nobody made', /nobody made/, [pay([0, 1]), refund([2, 3], 'a', 5, 'REPEAT_REQ_INCONSISTENT')]],
])('finds %s', (_name, fault, history) => {
  expect(faultsOf(history).join('; ')).toMatch(fault)
})
