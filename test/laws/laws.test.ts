/** Laws of the repository that can be read off its files. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { endpoints } from '../../contract/index.ts'
import { CAUSES } from '../../rules/causes.ts'
import { IN_APS } from '../../rules/interfaces.ts'
import { ACKNOWLEDGEMENT_FAULTS } from '../../rules/notification.ts'
import { nextState, OUTCOME, paymentEvents, paymentStates } from '../../rules/payment.ts'
import { REFUSALS, refusalCodes } from '../../rules/refusals.ts'
import { RESULTS, resultCodes } from '../../rules/results.ts'
import { AGREED_INPUTS } from '../../rules/simulator.ts'
import { partnerPermissions, partnerRoles, permissions, roleMay, staffPermissions } from '../../rules/roles.ts'
import { SETTINGS } from '../../server/settings.ts'
import { KERNEL_CODES } from '../../server/http/errors.ts'
import { PROMISED } from '../promised.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const sources = (...folders: string[]) =>
  folders
    .flatMap((folder) => filesBelow(join(ROOT, folder)))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ name: relative(ROOT, file), text: readFileSync(file, 'utf8') }))

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
}

const offenders = (files: { name: string; text: string }[], pattern: RegExp, allowed: RegExp) =>
  files.filter(({ name, text }) => pattern.test(text) && !allowed.test(name)).map(({ name }) => name)

describe('one place for each thing', () => {
  const server = sources('server')

  test('the environment is read in config.ts only', () => {
    expect(offenders(server, /process\.env/, /^server\/(main|commands\/.*)\.ts$/)).toEqual([])
    for (const name of ['server/main.ts', 'server/commands/staff-add.ts', 'server/commands/audit-verify.ts']) {
      const uses = readFileSync(join(ROOT, name), 'utf8').match(/process\.env/g) ?? []
      expect(uses, name).toHaveLength(1) // handed to readConfig, not read
    }
  })

  test('time comes from the clock, chance from node:crypto', () => {
    expect(offenders(server, /Date\.now\(\)|new Date\(\)/, /^server\/clock\.ts$/)).toEqual([])
    expect(offenders(sources('server', 'rules', 'contract'), /Math\.random/, /^$/)).toEqual([])
  })

  test('calls go out through the outgoing client only', () => {
    expect(offenders(server, /\bfetch\(|from 'undici'|from 'node:https?'/, /^server\/outgoing\/client\.ts$/)).toEqual(
      [],
    )
  })

  test('SQL stands in stores, and in the kernel that owns its tables', () => {
    const sql = /\.(insertInto|updateTable|deleteFrom|selectFrom)\(/
    expect(offenders(server, sql, /store\.ts$|^server\/(db|outbox)\/|counters\.ts$|exchanges\.ts$/)).toEqual([])
  })

  test('only the two tables of the engines know their differences', () => {
    expect(offenders(server, /'postgres'/, /^server\/(db\/|config\.ts|outbox\/outbox\.ts)/)).toEqual([])
  })

  test('rules do no input or output, but for the programs that they show', () => {
    expect(
      offenders(
        sources('rules'),
        /(?<!-)\b(process|document|window|fetch|require)\b[.(]|from 'node:/,
        /^rules\/(fixes|acknowledgements)\.ts$/,
      ),
    ).toEqual([])
  })

  test('no file names a machine or a path outside of the project', () => {
    const files = sources('rules', 'contract', 'server', 'web', 'test', 'e2e', 'scripts', 'bench')
    expect(offenders(files, /\/work\/|\.\.\/shared/, /^test\/laws\//)).toEqual([])
  })
})

describe('permissions', () => {
  test('each is needed by some endpoint', () => {
    const needed = new Set<string>(Object.values(endpoints).map(({ needs }) => needs))
    expect([...partnerPermissions, ...staffPermissions].filter((permission) => !needed.has(permission))).toEqual([])
  })

  test('the twelve rows stand as they were promised', () => {
    const drawn = permissions.map((permission) => [
      permission,
      partnerRoles.filter((role) => roleMay(role, permission)),
    ])
    expect(Object.fromEntries(drawn)).toEqual(PROMISED)
    expect(permissions).toHaveLength(12)
  })
})

describe('codes', () => {
  const thrown = sources('server')
    .map(({ text }) => text)
    .join('\n')

  test('every refusal is thrown somewhere, and declared by an endpoint or the kernel', () => {
    const declared = new Set<string>([...KERNEL_CODES, ...Object.values(endpoints).flatMap(({ refusals }) => refusals)])
    expect(refusalCodes.filter((code) => !thrown.includes(`'${code}'`))).toEqual([])
    expect(refusalCodes.filter((code) => !declared.has(code))).toEqual([])
  })

  test('every refusal says in words what is wrong and what would be right, each differently', () => {
    for (const [code, [, title, remedy]] of Object.entries(REFUSALS)) {
      expect(title, code).toMatch(/\.$/)
      expect(remedy.length, code).toBeGreaterThan(10)
    }
    expect(new Set(Object.values(REFUSALS).map(([, title]) => title)).size).toBe(refusalCodes.length)
  })

  test('every result code is answered somewhere', () => {
    // That each cause is given is a law of its own.
    const tables = [OUTCOME, AGREED_INPUTS, IN_APS, CAUSES].map((table) => JSON.stringify(table))
    const texts = [thrown, ...tables].join('\n')
    expect(resultCodes.filter((code) => !texts.includes(`'${code}'`) && !texts.includes(`"${code}"`))).toEqual([])
    for (const [code, [status]] of Object.entries(RESULTS)) expect(status, code).toMatch(/^[SFU]$/)
  })

  test('every fault of an acknowledgement is found somewhere', () => {
    for (const fault of Object.keys(ACKNOWLEDGEMENT_FAULTS)) expect(thrown, fault).toContain(`'${fault}'`)
  })
})

describe('the payment machine', () => {
  test('reaches every state, and nothing leaves CANCELLED', () => {
    const reached = new Set([
      'PAYING',
      ...paymentStates.flatMap((state) => paymentEvents.map((event) => nextState(state, event))),
    ])
    for (const state of paymentStates) expect(reached).toContain(state)
    for (const event of paymentEvents) expect(nextState('CANCELLED', event)).toBeUndefined()
  })
})

test('every setting is explained', () => {
  for (const [name, [, meaning]] of Object.entries(SETTINGS)) expect(meaning.length, name).toBeGreaterThan(10)
})
