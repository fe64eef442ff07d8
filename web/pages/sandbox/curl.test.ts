import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'

const request = {
  method: 'POST',
  url: 'http://localhost:1/aps/api/v1/payments/pay?x=$HOME&y=1',
  headers: [
    { name: 'Host', value: 'localhost' },
    { name: 'Content-Length', value: '9' },
    { name: 'Client-Id', value: 'SANDBOX_1' },
    { name: 'X-Note', value: "it's `id` $(id) \\n" },
  ],
  body: '{"a":"it\'s $HOME\n"}',
}

test('a shell hands over every byte as it was sent, and nothing is expanded', () => {
  const words = execFileSync('sh', ['-c', curlOf(request).replace(/^curl/, "printf '%s\\0'")], { encoding: 'utf8' })
  expect(words.split('\0').slice(0, -1)).toEqual([
    '--request',
    'POST',
    request.url,
    '--header',
    'Client-Id: SANDBOX_1',
    '--header',
    "X-Note: it's `id` $(id) \\n",
    '--data-binary',
    request.body,
  ])
})

test('a call without a body sends none', () => {
  expect(curlOf({ ...request, body: '' })).not.toContain('--data-binary')
})
