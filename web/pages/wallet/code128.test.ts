import { expect, test } from 'vitest'
import { barsOf } from './code128.ts'

test('a code has a start, a check symbol and a stop, eleven units each and thirteen for the last', () => {
  const { bars, units } = barsOf('251001020000000000000000')
  expect(units).toBe((1 + 12 + 1) * 11 + 13)
  expect(bars).toHaveLength((1 + 12 + 1) * 3 + 4)
  expect(bars[0]).toEqual({ at: 0, width: 2 })
})

test('the check symbol is the weighted sum modulo 103', () => {
  // Start C (105), 12, 34, 56: 105 + 12 + 2·34 + 3·56 = 353, and 353 mod 103 = 44, whose widths are 132131.
  const { bars } = barsOf('123456')
  expect(bars.slice(4 * 3, 5 * 3).map(({ width }) => width)).toEqual([1, 2, 3])
})
