import * as contract from '../../contract/accounts.ts'
import { KNOWN_BROWSER_SECONDS, RESET } from '../../rules/limits.ts'
import { bind } from '../http/bind.ts'
import * as activations from './activations.ts'
import * as resets from './resets.ts'
import * as sessions from './sessions.ts'

export const bindings = [
  bind(contract.site, async ({ config }) => ({
    ...config.network,
    networkName: config.network.name,
    gatewayOrigin: config.origin,
  })),

  bind(contract.logIn, async (ctx, { body }, http) => {
    const browser = {
      address: http.address,
      userAgent: http.userAgent,
      sessionToken: http.cookie('session'),
      browserToken: http.cookie('browser'),
    }
    const { sessionToken, browserToken, actor } = await sessions.logIn(ctx, body, browser)
    http.setCookie('session', sessionToken)
    http.setCookie('browser', browserToken, KNOWN_BROWSER_SECONDS)
    return sessions.describe(ctx, actor)
  }),
  bind(contract.logOut, async (ctx, _input, http) => {
    await sessions.logOut(ctx)
    http.clearCookie('session')
    return {}
  }),
  bind(contract.me, (ctx) => sessions.describe(ctx)),

  bind(contract.checkActivation, (ctx, { body }) => activations.checkActivation(ctx, body.token)),
  bind(contract.activate, (ctx, { body }) => activations.activate(ctx, body)),

  bind(contract.startReset, async (ctx, { body }, http) => {
    const asking = { email: body.email, resetToken: http.cookie('reset'), browserToken: http.cookie('browser') }
    const { token, times } = await resets.startReset(ctx, asking)
    http.setCookie('reset', token, RESET.codeSeconds * 6)
    return times
  }),
  bind(contract.resendResetCode, (ctx, _input, http) =>
    resets.resendCode(ctx, http.cookie('reset'), http.cookie('browser')),
  ),
  bind(contract.verifyResetCode, async (ctx, { body }, http) => {
    http.setCookie('reset', await resets.verifyCode(ctx, http.cookie('reset'), body.code), RESET.passwordSeconds)
    return {}
  }),
  bind(contract.finishReset, async (ctx, { body }, http) => {
    await resets.finishReset(ctx, http.cookie('reset'), body.password)
    http.clearCookie('reset')
    return {}
  }),
]
