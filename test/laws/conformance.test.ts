/** The page of conformance is true: each row has its test, which is there, or the reason why not. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const PAGE = readFileSync(new URL('../../docs/reference/conformance.md', import.meta.url), 'utf8')

/** The rows of all its tables: number, rule, proof. A bar within a cell is written with a backslash. */
const rows = PAGE.split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
  .map((line) => line.slice(2, -2).split(/(?<!\\) \| /))
  .map(([number = '', rule = '', proof = '', ...rest]) => ({ number, rule, proof, rest }))

const contentOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

describe('conformance', () => {
  test('the page has its rows, each numbered once', () => {
    expect(rows.length).toBeGreaterThan(100)
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length)
    expect(rows.filter(({ rule, rest }) => rule.length < 10 || rest.length > 0)).toEqual([])
  })

  test.each(rows.map((row) => [row.number, row] as const))(
    '%s has a test that is there, or a reason',
    (_number, { proof }) => {
      const [, file, title] = /^`([\w./-]+\.test\.ts)`: (.+)$/.exec(proof) ?? []
      if (file === undefined || title === undefined) return expect(proof).toMatch(/^Not: [A-Z`].{15,}\.$/)
      expect(title).toMatch(/^(?!test).{12,}/)
      expect(existsSync(new URL(`../../${file}`, import.meta.url)), file).toBe(true)
      // A comment proves nothing, nor does a test that is left out.
      const source = contentOf(file)
        .replaceAll('`', '')
        .replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
        .replace(/\.(skip|todo)\b[^\n]*/g, '')
      expect(source.includes(title.replaceAll('\\|', '|').replaceAll('&lt;', '<')), `${file}: ${title}`).toBe(true)
    },
  )
})
