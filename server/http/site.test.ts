import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mountSite } from './site.ts'

const dist = mkdtempSync(join(tmpdir(), 'slipway-site-'))
const server = fastify()
beforeAll(async () => {
  mkdirSync(join(dist, 'web'))
  writeFileSync(join(dist, 'web', 'index.html'), '<h1>__NETWORK_NAME__</h1><script nonce="__CSP_NONCE__"></script>')
  await mountSite(server, dist, { name: 'Harbour & Pay', logo: null })
})
afterAll(async () => {
  await server.close()
  rmSync(dist, { recursive: true })
})

describe('the page of the console', () => {
  test.each([
    [undefined, undefined],
    ['gzip, deflate', undefined],
    ['gzip, br;q=0', undefined],
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5', 'br'],
  ])('to who takes %s is encoded as %s', async (accepted, encoding) => {
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted }
    const answer = await server.inject({ url: '/login', headers })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers.vary).toBe('accept-encoding')
    const html = encoding ? brotliDecompressSync(answer.rawPayload).toString() : answer.body
    const [, nonce] = /nonce="([^"]+)"/.exec(html) ?? []
    expect(html).toContain('<h1>Harbour &amp; Pay</h1>')
    expect(answer.headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
  })
})
