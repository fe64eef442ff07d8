import { execFile } from 'node:child_process'
import { createVerify, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FixLanguage, fixKinds, fixLanguages, programOf, snippetOf } from './fixes.ts'
import { languagesHere, RUNS } from '../test/programs.ts'
import { parseSignatureHeader, textBeforeBody } from './signature.ts'

const run = promisify(execFile)
const URI = '/aps/api/v1/payments/pay?a=1&b=%20'
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const network = generateKeyPairSync('rsa', { modulusLength: 2048 })
const networkKey = network.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const ANSWER = '{"result":{"resultCode":"SUCCESS"}}'
/** What the server sends; the signature is of ANSWER. */
let said = ANSWER
const folder = mkdtempSync(join(tmpdir(), 'fixes-'))
const got: { request: IncomingMessage; body: Buffer }[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk)) // no encoding is set
  request.on('end', () => {
    got.push({ request, body: Buffer.concat(chunks) })
    const time = '2026-11-23T08:51:49.090Z'
    const signature = sign(
      'sha256',
      Buffer.from(`POST ${request.url}\nSANDBOX_A.${time}.${ANSWER}`),
      network.privateKey,
    )
    response.setHeader('client-id', 'SANDBOX_A')
    response.setHeader('response-time', time)
    const encoded = encodeURIComponent(signature.toString('base64'))
    response.setHeader('signature', `algorithm=RSA256,keyVersion=1,signature=${encoded}`)
    response.end(said)
  })
})
beforeAll(async () => {
  writeFileSync(join(folder, 'sandbox-private-key.pem'), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'order.json'), '{"name":"Müller","url":"https://shop.example/a","n":[1,2]}')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

describe('how it is done right', () => {
  const runIn = (language: FixLanguage) => {
    const { file, command } = RUNS[language]
    const { port } = server.address() as AddressInfo // it listens on TCP
    const facts = { origin: `http://127.0.0.1:${port}`, uri: URI, clientId: 'SANDBOX_A', networkKey }
    writeFileSync(join(folder, file), programOf(language, facts))
    const [name, ...args] = command
    return run(name, [...args, file], { cwd: folder })
  }

  test.each(languagesHere)('the pieces in %s sign a call, and verify its answer', async (language) => {
    const { stdout, stderr } = await runIn(language)
    expect(stdout.trimEnd()).toBe(ANSWER)
    expect(stderr).toMatch(/Verified OK|The signature of the answer verifies\./)
    const { request, body } = got.at(-1) ?? expect.fail('nothing came')
    const header = parseSignatureHeader(String(request.headers.signature))
    if ('fault' in header) throw new Error(header.fault)
    const clientId = String(request.headers['client-id'])
    expect([request.method, request.url, clientId]).toEqual(['POST', URI, 'SANDBOX_A'])
    const parts = { method: 'POST', uri: URI, clientId, time: String(request.headers['request-time']) }
    const text = Buffer.concat([Buffer.from(textBeforeBody(parts)), body])
    expect(createVerify('sha256').update(text).verify(pair.publicKey, header.signature, 'base64')).toBe(true)
  })

  test.each(languagesHere)('the program in %s fails where the answer was changed on its way', async (language) => {
    said = ANSWER.replace('SUCCESS', 'SUCCESs')
    await expect(runIn(language)).rejects.toThrow()
    said = ANSWER
  })

  test('every fix has its pieces in every language', () => {
    for (const kind of fixKinds)
      for (const language of fixLanguages)
        expect(snippetOf(kind, language, { origin: '', uri: '', clientId: '' }).trim()).not.toBe('')
  })

  test('no value of a call gets out of its quotes', () => {
    const facts = {
      origin: 'https://a',
      uri: `/a'b"c\`d\\e$f\n[[clientId]]`,
      clientId: `'; rm -rf "$HOME" #`,
      networkKey: `'"`,
    }
    for (const language of fixLanguages) {
      const program = programOf(language, facts)
      expect(program).not.toContain('rm -rf "')
      expect(program).toContain('/abcde')
    }
  })
})
