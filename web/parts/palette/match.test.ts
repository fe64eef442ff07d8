import { expect, test } from 'vitest'
import { matching } from './match.ts'

const ITEMS = [
  { label: 'Settings', detail: 'Web shop' },
  { label: 'Request log', detail: 'Web shop', also: 'calls' },
  { label: 'Web shop' },
]
const found = (search: string) => matching(ITEMS, search).map(({ label }) => label)

test('every word has to occur, in any order and in part', () => {
  expect(found('shop set')).toEqual(['Settings'])
  expect(found('SET shop')).toEqual(['Settings'])
  expect(found('set nowhere')).toEqual([])
})

test('what begins with the word comes first', () => {
  expect(found('shop')).toEqual(['Web shop', 'Settings', 'Request log'])
})

test('other words lead to it too', () => {
  expect(found('calls')).toEqual(['Request log'])
})

test('without a word everything is shown', () => {
  expect(found('  ')).toHaveLength(3)
})
