import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newBlocklist } from './blocklist.ts'
import { newPasswords } from './passwords.ts'

const passwords = newPasswords(newBlocklist('Harbour Pay', ''))
const about = ['Ada Lindqvist', 'ada@northwind.example', 'Northwind Acquiring']
const codeOf = (password: string, list = passwords) =>
  list.ensureAcceptable(password, about).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )

describe('a new password', () => {
  const own = 'v8#mQz!kT2&wLx9' // 15 characters that nobody would try
  test('has 15 to 128 code points, of any kind', async () => {
    expect(await codeOf(own.slice(1))).toBe('account.password_too_short')
    expect(await codeOf(own)).toBe('accepted')
    expect(await codeOf('🦊🐢🐙🦉🐝🦋🐌🐞🦂🦀🐡🐬🐳🐊')).toBe('account.password_too_short')
    expect(await codeOf('🦊🐢🐙🦉🐝🦋🐌🐞🦂🦀🐡🐬🐳🐊🐅')).toBe('accepted')
    expect(await codeOf('我的狗喜欢在雨天吃冰淇淋而且还唱歌')).toBe('accepted')
    expect(await codeOf(own.repeat(9).slice(0, 128))).toBe('accepted')
    expect(await codeOf(own.repeat(9).slice(0, 129))).toBe('account.password_too_long')
  })

  test.each([
    'passwordpassword1', // the most common ones
    'P@ssw0rdP@ssw0rd!',
    'qwertyuiop12345678', // runs
    'zyxwvutsrqponmlkjih',
    'aaaaaaaaaaaaaaaaaaaa', // hardly any characters
    'abcabcabcabcabcabc',
    'Slipway2026Slipway2026', // the product
    'harbourpay harbourpay 1', // the network
    'northwind acquiring 2026', // the partner
    'AdaLindqvist1984!!!', // the person
    'developer merchant onboarding', // the roles
  ])('is refused when it is easy to guess, and it is said why: %s', async (password) => {
    await expect(passwords.ensureAcceptable(password, about)).rejects.toMatchObject({
      code: 'account.password_guessable',
      details: { fields: [{ path: 'password', message: expect.stringMatching(/^It is made of .*\.$/) }] },
    })
  })

  test.each(['correct horse battery staple', 'the ferry leaves at noon on tuesdays', 'Kg7-plinth-Osprey-41'])(
    'may be a sentence of common words, or what a password manager makes: %s',
    async (password) => expect(await codeOf(password)).toBe('accepted'),
  )

  test('is refused when it is in the file of breached hashes', async () => {
    const breached = Array.from({ length: 1000 }, (_, i) => `breached pass-phrase no ${i} q8!zk`)
    const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
    const file = join(mkdtempSync(join(tmpdir(), 'slipway-hashes-')), 'hashes.txt')
    writeFileSync(
      file,
      `${breached
        .map((text) => `${sha1(text)}:7`)
        .sort()
        .join('\n')}\n`,
    )
    const list = newPasswords(newBlocklist('Harbour Pay', file))
    for (const text of breached) expect(await codeOf(text, list), text).toBe('account.password_guessable')
    for (let i = 0; i < 200; i++) expect(await codeOf(`not breached, no ${i} v8#mQ`, list)).toBe('accepted')
  })

  test('is looked up within a millisecond', async () => {
    const blocklist = newBlocklist('Harbour Pay', '')
    await blocklist.why('the first one reads the list', about)
    const begun = performance.now()
    for (let i = 0; i < 200; i++) await blocklist.why(`correct horse ${i} `.repeat(8).slice(0, 128), about)
    expect((performance.now() - begun) / 200).toBeLessThan(5) // a wide margin; bench/ measures
  })
})

describe('a stored password', () => {
  test('accepts any Unicode sentence again, and not one with another last character', async () => {
    const sentence = fc.string({ unit: 'binary', minLength: 15, maxLength: 128 })
    await fc.assert(
      fc.asyncProperty(sentence, async (password) => {
        const stored = await passwords.hash(password)
        expect(await passwords.verify(stored, password)).toBe(true)
        const other = `${password.slice(0, -1)}${password.endsWith('x') ? 'y' : 'x'}`
        expect(await passwords.verify(stored, other)).toBe(false)
      }),
      { numRuns: 40 },
    )
  })

  test('counts the last of 128 characters', async () => {
    const stored = await passwords.hash(`${'a'.repeat(127)}b`)
    expect(await passwords.verify(stored, `${'a'.repeat(127)}c`)).toBe(false)
  })
})
