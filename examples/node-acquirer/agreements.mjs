// Auto Debit: an agreement that the payer gives once, and the tokens that it is worth. One agreement at a time, in memory.
import { randomUUID } from 'node:crypto'

export const agreement = { authState: undefined, accessToken: undefined, refreshToken: undefined, fault: undefined }

/** `call` is a client of the gateway, `family` the words it speaks. */
export function agreementsThrough(call, { family, origin }) {
  /** Where the payer agrees. `authState` comes back with him: somebody else's browser cannot end what ours began. */
  async function ask() {
    agreement.authState = randomUUID()
    const answer = await call(family.askApi, family.askRequest({ authState: agreement.authState, origin }))
    agreement.fault = answer.result.resultStatus === 'S' ? undefined : answer.result.resultCode
    return answer.normalUrl
  }

  /** The payer is back. A state that is not ours belongs to nobody, and its code is not used. */
  async function takeCode({ authState, authCode }) {
    if (!authState || authState !== agreement.authState) return
    agreement.authState = undefined
    if (authCode) await apply({ grantType: 'AUTHORIZATION_CODE', authCode })
  }

  const refresh = () => apply({ grantType: 'REFRESH_TOKEN', refreshToken: agreement.refreshToken })

  async function apply(grant) {
    const answer = await call('authorizations/applyToken', { ...grant, ...family.grantOwner })
    agreement.fault = answer.result.resultStatus === 'S' ? undefined : answer.result.resultCode
    if (answer.result.resultStatus !== 'S') return
    agreement.accessToken = answer.accessToken
    agreement.refreshToken = answer.refreshToken
  }

  return { ask, takeCode, refresh }
}
