/** What the cases of Auto Debit look for: which agreement a payment was made by. */
import type { Finding } from './case.ts'
import { type Call, type Evidence, part, type Story, text } from './evidence.ts'
import { judgeSuccess } from './judging.ts'

type GrantType = 'AUTHORIZATION_CODE' | 'REFRESH_TOKEN'

/** The access token that a payment names. */
export function tokenOf({ request }: Call): string {
  return text(part(request, 'paymentMethod').paymentMethodId)
}

/** A success by a token that came for such a grant. The call that gave the token is evidence too. */
export function judgeByGrant(story: Story, { calls }: Evidence, grantType: GrantType): Finding | undefined {
  const token = tokenOf(story.first)
  const grant = calls.find(
    ({ api, request, response }) =>
      api === 'authorizations/applyToken' &&
      request.grantType === grantType &&
      token !== '' &&
      response.accessToken === token,
  )
  const finding = grant && judgeSuccess(story)
  return finding && { ...finding, also: [...(finding.also ?? []), grant] }
}
