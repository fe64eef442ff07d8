/** Trying a parser with many inputs: none may make it throw, dawdle, or change what every object has. */
import fc from 'fast-check'
import { expect } from 'vitest'

const RUNS = Number(process.env.PROVE_RUNS ?? 10_000)
/** No input may hold a parser longer. */
const LONGEST_MS = 50

const prototype = JSON.stringify(Object.getOwnPropertyNames(Object.prototype))

/** After each test. */
export function ensurePrototype(): void {
  expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(prototype)
}

export function prove<T>(arbitrary: fc.Arbitrary<T>, parse: (input: T) => unknown): void {
  let tried = 0
  const timeOf = (input: T) => {
    const begun = performance.now()
    parse(input)
    return performance.now() - begun
  }
  fc.assert(
    fc.property(arbitrary, (input) => {
      tried++
      // Slow once may be a busy machine; slow three times is the input.
      const isSlow = () => timeOf(input) > LONGEST_MS
      if (isSlow() && isSlow() && isSlow()) throw new Error(`it takes longer than ${LONGEST_MS} ms`)
    }),
    { numRuns: RUNS },
  )
  expect(tried).toBeGreaterThanOrEqual(RUNS)
}

/** Words that have broken parsers before. */
export const NASTY = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  '\0',
  '\ud800',
  'x'.repeat(5000),
  '9'.repeat(400),
]
