import { expect, test } from 'vitest'
import { languageAccepted, languageFor } from './languages.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['zh-Hant-TW', 'zh'],
  ['en-GB,zh;q=0.9', 'en'],
  ['en;q=0.5, zh;q=0.8', 'zh'],
  ['fr, de;q=0.9, zh;q=0.1', 'zh'],
  ['zh;q=0, fr', 'en'],
  ['*', 'en'],
  ['zh;q=x', 'zh'],
  [`${'a,'.repeat(1000)}zh`, 'en'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(languageAccepted(header)).toBe(language)
})

test('the first language that there are words for wins', () => {
  expect(languageFor(['pt-BR', 'ZH-cn', 'en'])).toBe('zh')
  expect(languageFor([])).toBe('en')
})
