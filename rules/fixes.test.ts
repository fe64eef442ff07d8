import { execFile, execFileSync } from 'node:child_process'
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FixLanguage, fixKinds, fixLanguages, programOf, snippetOf } from './fixes.ts'
import { parseSignatureHeader, textBeforeBody } from './signature.ts'

const run = promisify(execFile)
const URI = '/aps/api/v1/payments/pay?a=1&b=%20'
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const folder = mkdtempSync(join(tmpdir(), 'fixes-'))
const got: { request: IncomingMessage; body: Buffer }[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk)) // no encoding is set
  request.on('end', () => {
    got.push({ request, body: Buffer.concat(chunks) })
    response.end('{}')
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

const has = (command: string, ...args: string[]) => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The file of a program, what runs it, and whether that is here. */
const RUNS: Record<FixLanguage, readonly [file: string, command: string, isHere: boolean]> = {
  shell: ['call.sh', 'sh', has('openssl', 'version') && has('curl', '--version')],
  node: ['call.mjs', process.execPath, true],
  python: ['call.py', 'python3', has('python3', '-c', 'import cryptography')],
  java: ['Call.java', 'java', has('javac', '-version')],
  php: ['call.php', 'php', has('php', '-r', 'curl_init();')],
  go: ['call.go', 'go', has('go', 'version')],
}

describe('how it is done right', () => {
  test.each(fixLanguages.filter((language) => RUNS[language][2]))('the pieces in %s sign a call', async (language) => {
    const [file, command] = RUNS[language]
    const { port } = server.address() as AddressInfo // it listens on TCP
    const facts = { origin: `http://127.0.0.1:${port}`, uri: URI, clientId: 'SANDBOX_A' }
    writeFileSync(join(folder, file), programOf(language, facts))
    await run(command, [...(language === 'go' ? ['run'] : []), file], { cwd: folder })
    const { request, body } = got.at(-1) ?? expect.fail('nothing came')
    const header = parseSignatureHeader(String(request.headers.signature))
    if ('fault' in header) throw new Error(header.fault)
    const clientId = String(request.headers['client-id'])
    expect([request.method, request.url, clientId]).toEqual(['POST', URI, 'SANDBOX_A'])
    const parts = { method: 'POST', uri: URI, clientId, time: String(request.headers['request-time']) }
    const text = Buffer.concat([Buffer.from(textBeforeBody(parts)), body])
    expect(createVerify('sha256').update(text).verify(pair.publicKey, header.signature, 'base64')).toBe(true)
  })

  test('every fix has its pieces in every language', () => {
    for (const kind of fixKinds)
      for (const language of fixLanguages)
        expect(snippetOf(kind, language, { origin: '', uri: '', clientId: '' }).trim()).not.toBe('')
  })

  test('no value of a call gets out of its quotes', () => {
    const facts = { origin: 'https://a', uri: `/a'b"c\`d\\e$f\n[[clientId]]`, clientId: `'; rm -rf "$HOME" #` }
    for (const language of fixLanguages) {
      const program = programOf(language, facts)
      expect(program).not.toContain('rm -rf "')
      expect(program).toContain('/abcde')
    }
  })
})
