/** One cause, one place: whoever reads a cause in the log knows which line of the gateway refused, and why. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { anchorOf } from '../../rules/cause-page.ts'
import { CAUSES, causeOfAgreed, causes } from '../../rules/causes.ts'
import { RESULTS } from '../../rules/results.ts'
import { AGREED_INPUTS } from '../../rules/simulator.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const sources = readdirSync(join(ROOT, 'server'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(ROOT, 'server', name), 'utf8') }))

/** What a place names that is no single word: the fault of a header, the code of an agreed input. */
const derived = new Set<string>([
  ...causes.filter((cause) => cause.startsWith('signature.') && cause !== 'signature.does_not_verify'),
  ...AGREED_INPUTS.flatMap(({ refused }) => (refused ? [causeOfAgreed(refused)] : [])),
])

describe('causes', () => {
  test.each(causes.filter((cause) => !derived.has(cause)))('%s is given at one place', (cause) => {
    const places = sources.flatMap(({ name, text }) =>
      text
        .split(`'${cause}'`)
        .slice(1)
        .map(() => name),
    )
    expect(places).toHaveLength(1)
  })

  test('of what is derived there is one place each', () => {
    const places = (text: string) => sources.flatMap((source) => source.text.split(text).slice(1))
    expect(places('`signature.${')).toHaveLength(1)
    expect(places('causeOfAgreed(')).toHaveLength(1)
  })

  test('no two share a name, a sentence with its code, or an anchor', () => {
    const all = causes.map((cause) => `${CAUSES[cause][0]} ${CAUSES[cause][1]}`)
    expect(new Set(all).size).toBe(causes.length)
    expect(new Set(causes.map(anchorOf)).size).toBe(causes.length)
  })

  test('none stands for a success', () => {
    const statuses: string[] = causes.map((cause) => RESULTS[CAUSES[cause][0]][0])
    expect(statuses.filter((status) => status === 'S')).toEqual([])
  })
})
