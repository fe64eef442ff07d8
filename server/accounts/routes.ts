import * as contract from '../../contract/accounts.ts'
import { KNOWN_BROWSER_SECONDS, RESET } from '../../rules/limits.ts'
import { bind, type Http } from '../http/bind.ts'
import * as activations from './activations.ts'
import * as ownAccount from './own-account.ts'
import * as resets from './resets.ts'
import * as sessions from './sessions.ts'
import * as startup from './startup.ts'

/** Anything else than a token of ours is none: not even an empty one may be remembered. */
function browserOf(http: Http): string | undefined {
  const token = http.cookie('browser')
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined
}

export const bindings = [
  bind(contract.site, async ({ config }) => ({
    networkName: config.network.name,
    supportMailbox: config.network.supportMailbox,
    architectsContact: config.network.architectsContact,
    logoUrl: config.network.logo === null ? null : '/logo',
    gatewayOrigin: config.origin,
  })),

  bind(contract.logIn, async (ctx, { body }, http) => {
    const browser = {
      address: http.address,
      userAgent: http.userAgent,
      sessionToken: http.cookie('session'),
      browserToken: browserOf(http),
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

  bind(contract.sessionTimes, (ctx) => sessions.timesOf(ctx)),
  bind(contract.proveSession, async (ctx, { body }) => {
    await ownAccount.prove(ctx, body.password)
    return {}
  }),
  bind(contract.switchOrganisation, async (ctx, { body }, http) => {
    const { sessionToken, actor } = await sessions.switchOrganisation(ctx, body.partnerId)
    http.setCookie('session', sessionToken)
    return sessions.describe(ctx, actor)
  }),
  bind(contract.listSessions, (ctx) => ownAccount.listOwnSessions(ctx)),
  bind(contract.endSession, async (ctx, { params }) => {
    await ownAccount.endSession(ctx, params.sessionId)
    return {}
  }),
  bind(contract.endOtherSessions, async (ctx) => ({ ended: await ownAccount.endOtherSessions(ctx) })),
  bind(contract.forgetBrowser, async (ctx, { params }) => {
    await ownAccount.forgetBrowser(ctx, params.browserId)
    return {}
  }),
  bind(contract.changePassword, async (ctx, { body }, http) => {
    http.setCookie('session', await ownAccount.changePassword(ctx, body))
    return {}
  }),

  bind(contract.checkStartup, (ctx, { body }) => startup.checkStartup(ctx, body.token)),
  bind(contract.startUp, (ctx, { body }) => startup.startUp(ctx, body)),

  bind(contract.checkActivation, (ctx, { body }) => activations.checkActivation(ctx, body.token)),
  bind(contract.activate, (ctx, { body }) => activations.activate(ctx, body)),

  bind(contract.startReset, async (ctx, { body }, http) => {
    const asking = { email: body.email, resetToken: http.cookie('reset'), browserToken: browserOf(http) }
    const { token, times } = await resets.startReset(ctx, asking)
    http.setCookie('reset', token, RESET.codeSeconds * 6)
    return times
  }),
  bind(contract.resendResetCode, (ctx, _input, http) => resets.resendCode(ctx, http.cookie('reset'), browserOf(http))),
  bind(contract.verifyResetCode, async (ctx, { body }, http) => {
    http.setCookie('reset', await resets.verifyCode(ctx, http.cookie('reset'), body.code), RESET.passwordSeconds)
    return {}
  }),
  bind(contract.finishReset, async (ctx, { body }, http) => {
    const asking = { resetToken: http.cookie('reset'), browserToken: browserOf(http) }
    await resets.finishReset(ctx, asking, body.password)
    http.clearCookie('reset')
    return {}
  }),
]
