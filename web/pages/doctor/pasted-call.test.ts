import { expect, test } from 'vitest'
import { readPasted } from './pasted-call.ts'

test('a pasted call is read as it stands in logs and in the output of curl', () => {
  const wire = 'POST /aps/api/v1/payments/pay?a=1 HTTP/1.1\r\nHost: h:1\r\nClient-Id: C\r\nREQUEST-TIME:  2026\r\n\r\n'
  expect(readPasted(wire)).toMatchObject({ method: 'POST', uri: '/aps/api/v1/payments/pay?a=1' })
  expect([...(readPasted(wire)?.headers ?? [])]).toEqual([
    ['host', 'h:1'],
    ['client-id', 'C'],
    ['request-time', '2026'],
  ])
  expect(readPasted('> POST /a HTTP/2\n> Client-Id: C\n> client-id: D')?.headers.get('client-id')).toBe('C, D')
  expect(readPasted('post https://h.example:8443/a?b=c')).toMatchObject({ method: 'post', uri: '/a?b=c' })
  expect(readPasted('POST https://h.example')).toMatchObject({ uri: '/' })
})

test('what has no request line is none', () => {
  for (const text of ['', 'Client-Id: C', '{"a":1}', '-----BEGIN PRIVATE KEY-----', 'x'.repeat(100_000)])
    expect(readPasted(text)).toBeUndefined()
})
