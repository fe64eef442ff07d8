import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalCodes } from '../../rules/refusals.ts'
import { makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { refusalWords } from './words.ts'

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

const chinese = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.1' }

test('a refusal is worded in the language that is asked for, under the same code', async () => {
  const inviter = await makeMember(center, await makePartner(center), ['merchant_onboarding'])
  const english = await inviter.send('GET', '/api/applications')
  const reply = await inviter.send('GET', '/api/applications', undefined, chinese)
  expect(english.body).toMatchObject({ code: 'permission.missing', permission: 'View application information' })
  expect(reply.body).toMatchObject({
    code: 'permission.missing',
    title: '您的角色不允许此操作。',
    permission: '查看应用信息',
    roles: ['开发管理员', '开发者', '开发者（试用）'],
  })
  expect(reply.headers.get('content-language')).toBe('zh-Hans')
  expect(reply.headers.get('vary')).toContain('accept-language')
})

test('wrong values are told in the language that is asked for', async () => {
  const admin = await makeMember(center, await makePartner(center))
  const body = { name: 'ab', partnerType: 'acquirer', description: '', products: ['cashier', 'cashier'], more: 1 }
  const reply = await admin.send('POST', '/api/applications', body, chinese)
  const fields = Object.fromEntries((reply.body.fields ?? []).map(({ path, message }) => [path, message]))
  expect(fields).toEqual({
    name: '3 至 64 个字符',
    products: '每个产品只能选一次',
    more: '不是此请求的字段',
  })
})

test('every refusal has words in every language', () => {
  for (const code of refusalCodes) {
    for (const words of refusalWords(code, 'zh')) expect(words, code).toMatch(/[\u4e00-\u9fff]/)
  }
})
