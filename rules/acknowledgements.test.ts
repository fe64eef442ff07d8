import { execFile } from 'node:child_process'
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { languagesHere, RUNS } from '../test/programs.ts'
import { acknowledgementOf } from './acknowledgements.ts'
import { fixLanguages } from './fixes.ts'
import { parseSignatureHeader, textBeforeBody } from './signature.ts'

const run = promisify(execFile)
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const folder = mkdtempSync(join(tmpdir(), 'answers-'))
beforeAll(() =>
  writeFileSync(join(folder, 'sandbox-private-key.pem'), pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
)
afterAll(() => rmSync(folder, { recursive: true }))

test.each(languagesHere)('the program in %s prints an answer that acknowledges', async (language) => {
  const { file, command } = RUNS[language]
  const facts = { uri: '/notify?shop=7&b=%20', clientId: 'SANDBOX_A' }
  writeFileSync(join(folder, file), acknowledgementOf(language, facts))
  const [name, ...args] = command
  const { stdout } = await run(name, [...args, file], { cwd: folder })
  const [head = '', body = ''] = stdout.trimEnd().split('\n\n')
  const [status, ...lines] = head.split('\n')
  expect(status).toBe('HTTP/1.1 200 OK')
  const headers = new Map(lines.map((line) => line.split(': ') as [string, string])) // each has one
  expect(JSON.parse(body)).toMatchObject({ result: { resultStatus: 'S' } })
  expect(headers.get('client-id')).toBe('SANDBOX_A')
  const header = parseSignatureHeader(headers.get('signature'))
  if ('fault' in header) throw new Error(header.fault)
  const text = textBeforeBody({ method: 'POST', ...facts, time: headers.get('response-time') ?? '' }) + body
  expect(createVerify('sha256').update(text).verify(pair.publicKey, header.signature, 'base64')).toBe(true)
})

test('there is one in every language, and no value gets out of its quotes', () => {
  const facts = { uri: `/a'b"c\`d\\e$f`, clientId: `'; rm -rf "$HOME" #` }
  for (const language of fixLanguages) {
    const program = acknowledgementOf(language, facts)
    expect(program).not.toContain('rm -rf "')
    expect(program).toContain('/abcde')
  }
})
