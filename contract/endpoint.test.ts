import * as z from 'zod'
import { expect, test } from 'vitest'
import { endpoint } from './endpoint.ts'
import { Email, Id, Line, Text } from './wire.ts'

test('an endpoint that does not say what it needs does not compile', () => {
  const rest = { summary: 'x', method: 'GET', path: '/x', returns: z.object({}) } as const
  // @ts-expect-error: `needs` is missing
  endpoint(rest)
  // @ts-expect-error: there is no such permission
  endpoint({ ...rest, needs: 'application.steal' })
  expect(endpoint({ ...rest, needs: 'nobody' }).needs).toBe('nobody')
})

test('a line is trimmed, counted in code points, and free of what cannot be seen', () => {
  const name = Line(3, 5)
  expect(name.parse('  a😀b  ')).toBe('a😀b')
  for (const wrong of ['ab', '😀😀😀😀😀😀', 'a\nb', 'a\u200Bbc', 'a\u202Ebc', 'a\u0000bc'])
    expect(name.safeParse(wrong).success, wrong).toBe(false)
  expect(name.parse('e\u0301bc')).toBe('ébc')
})

test('a text keeps its line breaks', () => {
  expect(Text(20).parse('one\ntwo')).toBe('one\ntwo')
  expect(Text(3).safeParse('four').success).toBe(false)
})

test('ids and addresses are exact', () => {
  expect(Id('app').safeParse(`app_${'a'.repeat(32)}`).success).toBe(true)
  expect(Id('app').safeParse(`ptn_${'a'.repeat(32)}`).success).toBe(false)
  expect(Email.parse(' A@b.test ')).toBe('A@b.test')
  for (const wrong of ['a', 'a@', 'a@b', 'a\r\nb@c.test', `${'x'.repeat(250)}@b.test`])
    expect(Email.safeParse(wrong).success).toBe(false)
})
