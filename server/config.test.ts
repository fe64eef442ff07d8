import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ConfigError, readConfig } from './config.ts'
import { sealWith } from './seal.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'slipway-config-'))

test('without any setting it is a development center on loopback', () => {
  const data = folder()
  const config = readConfig({ SLIPWAY_DATA: data })
  expect(config).toMatchObject({
    origin: 'http://localhost:4800',
    development: true,
    port: 4800,
    roles: ['web', 'worker'],
    clockFactor: 1,
  })
  expect(config.database).toEqual({ engine: 'sqlite', file: join(data, 'slipway.db') })
})

test('the master key is made once, for its owner only, and read again', () => {
  const data = folder()
  const first = readConfig({ SLIPWAY_DATA: data }).masterKey
  expect(first).toHaveLength(32)
  expect(statSync(join(data, 'master.key')).mode & 0o777).toBe(0o600)
  expect(readConfig({ SLIPWAY_DATA: data }).masterKey).toEqual(first)
})

test('every wrong setting is named at once', () => {
  const faults = (env: Record<string, string>) => {
    try {
      readConfig({ SLIPWAY_DATA: folder(), ...env })
      return []
    } catch (error) {
      return (error as ConfigError).faults
    }
  }
  expect(
    faults({
      SLIPWAY_ORIGIN: 'http://developers.example.com',
      SLIPWAY_PORT: 'many',
      SLIPWAY_ROLES: 'web,queue',
      SLIPWAY_DATABASE: 'mysql://x',
      SLIPWAY_MASTER_KEY: 'c2hvcnQ=',
    }).map((fault) => fault.split(':')[0]),
  ).toEqual(['SLIPWAY_ORIGIN', 'SLIPWAY_ROLES', 'SLIPWAY_DATABASE', 'SLIPWAY_PORT', 'SLIPWAY_MASTER_KEY'])
  expect(faults({ SLIPWAY_ORIGIN: 'https://x.example/path' })).toHaveLength(1)
  expect(faults({ SLIPWAY_MASTER_KEY_FILE: '/nowhere/at/all' })).toHaveLength(1)
  expect(faults({ SLIPWAY_ORIGIN: 'https://developers.example.com' })).toEqual([])
})

test('secrets are not in what a wrong start prints', () => {
  const file = join(folder(), 'key')
  writeFileSync(file, 'c2VjcmV0LXNlY3JldA==')
  expect(() => readConfig({ SLIPWAY_MASTER_KEY_FILE: file })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('c2Vj') }),
  )
})

test('what is sealed is readable with the same key only, and not when a bit has changed', () => {
  const seal = sealWith(Buffer.alloc(32, 1))
  const sealed = seal.seal('naïve ☂')
  expect(seal.open(sealed)).toBe('naïve ☂')
  expect(seal.seal('naïve ☂')).not.toBe(sealed)
  expect(() => sealWith(Buffer.alloc(32, 2)).open(sealed)).toThrow()
  const at = sealed.length - 3
  expect(() => seal.open(`${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`)).toThrow()
})
