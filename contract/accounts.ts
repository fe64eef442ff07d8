/** Logging in and out, sessions and browsers, the first password, and the five steps of a password reset. */
import * as z from 'zod'
import { RESET } from '../rules/limits.ts'
import { partnerTypes } from '../rules/products.ts'
import { organisationPermissions, partnerRoles, permissions, staffPermissions, staffRoles } from '../rules/roles.ts'
import { endpoint } from './endpoint.ts'
import { Done, Email, Id, Instant, PersonName } from './wire.ts'

/** A password as it was typed: never trimmed or cut. Its length is judged by the use case, in code points, after NFC. */
const Password = z.string().min(1).max(1000)

/** What a new password can be refused for. */
export const PASSWORD_REFUSALS = [
  'account.password_too_short',
  'account.password_too_long',
  'account.password_guessable',
  'server.busy',
] as const

/** What is known before anybody logs in: the network's name and its contacts. */
export const site = endpoint({
  summary: "The network's name, contacts and settings that the log-in page shows.",
  method: 'GET',
  path: '/site',
  needs: 'nobody',
  returns: z.object({
    networkName: z.string(),
    supportMailbox: z.string(),
    architectsContact: z.string(),
    gatewayOrigin: z.string(),
    /** Where the network's logo is to be had; null: it has none. */
    logoUrl: z.string().nullable(),
  }),
})

/** The person behind the session, with everything that the console needs to draw itself. */
export const Me = z.object({
  person: z.object({ id: Id('psn'), name: PersonName, email: Email }),
  /** The organisation of this session; null for staff. */
  partner: z
    .object({
      id: Id('ptn'),
      name: z.string(),
      partnerTypes: z.array(z.enum(partnerTypes)),
      trialEndsAt: Instant.nullable(),
    })
    .nullable(),
  roles: z.array(z.enum(partnerRoles)),
  permissions: z.array(z.enum(permissions)),
  organisationPermissions: z.array(z.enum(organisationPermissions)),
  staffRole: z.enum(staffRoles).nullable(),
  staffPermissions: z.array(z.enum(staffPermissions)),
  /** Every organisation that the person can work for. */
  organisations: z.array(z.object({ id: Id('ptn'), name: z.string() })),
})

export const logIn = endpoint({
  summary: 'Starts a session. An unknown address and a wrong password are answered alike, in the same time.',
  method: 'POST',
  path: '/session',
  needs: 'nobody',
  body: z.strictObject({ email: Email, password: Password }),
  returns: Me,
  refusals: ['account.wrong_credentials', 'account.too_many_tries', 'server.busy'],
})

export const logOut = endpoint({
  summary: 'Ends the session on the server.',
  method: 'DELETE',
  path: '/session',
  unrecorded: 'who is logged out already leaves none',
  needs: 'session',
  returns: Done,
})

export const me = endpoint({
  summary: 'Who is logged in, for which organisation, with which roles and permissions.',
  method: 'GET',
  path: '/me',
  needs: 'session',
  returns: Me,
})

/** When the session ends by itself: `idleEndsAt` moves on with everything that the person does. */
export const sessionTimes = endpoint({
  summary: 'When this session ends by itself. Asked with the poll header it does not count as activity.',
  method: 'GET',
  path: '/session',
  needs: 'session',
  returns: z.object({ idleEndsAt: Instant, absoluteEndsAt: Instant, warnSeconds: z.number() }),
})

export const proveSession = endpoint({
  summary: 'Confirms with the password that the person is there; for five minutes, actions that ask for it are open.',
  method: 'POST',
  path: '/session/proof',
  needs: 'session',
  body: z.strictObject({ password: Password }),
  returns: Done,
  refusals: ['account.wrong_password', 'account.too_many_tries', 'server.busy'],
})

export const switchOrganisation = endpoint({
  summary: 'Goes on in another organisation of the same person, under a new session token.',
  method: 'PUT',
  path: '/session/organisation',
  needs: 'session',
  body: z.strictObject({ partnerId: Id('ptn') }),
  returns: Me,
})

const Session = z.object({
  id: Id('ses'),
  /** The session that asks. */
  current: z.boolean(),
  /** The User-Agent of the browser, as it called itself at the log-in. */
  userAgent: z.string(),
  address: z.string(),
  partnerName: z.string().nullable(),
  createdAt: Instant,
  seenAt: Instant,
})

const Browser = z.object({
  id: Id('brw'),
  /** The browser that asks. */
  current: z.boolean(),
  userAgent: z.string().nullable(),
  /** The last log-in. */
  seenAt: Instant,
})

export const listSessions = endpoint({
  summary: "The person's own sessions, and the browsers that logged in within 180 days, newest first.",
  method: 'GET',
  path: '/me/sessions',
  needs: 'session',
  returns: z.object({ sessions: z.array(Session), browsers: z.array(Browser) }),
})

export const endSession = endpoint({
  summary: "Ends one of the person's own sessions.",
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  needs: 'session',
  params: z.strictObject({ sessionId: Id('ses') }),
  returns: Done,
})

export const endOtherSessions = endpoint({
  summary: "Ends all of the person's sessions but the one that asks.",
  method: 'DELETE',
  path: '/me/sessions',
  needs: 'session',
  returns: z.object({ ended: z.number() }),
})

export const forgetBrowser = endpoint({
  summary: 'Forgets a browser and ends the sessions that began in it. The next log-in from it is told by mail.',
  method: 'DELETE',
  path: '/me/browsers/:browserId',
  needs: 'session',
  params: z.strictObject({ browserId: Id('brw') }),
  returns: Done,
})

export const changePassword = endpoint({
  summary: 'Changes the own password. Ends every other session, renews the token of this one, and mails a notice.',
  method: 'PUT',
  path: '/me/password',
  needs: 'session',
  body: z.strictObject({ currentPassword: Password, newPassword: Password }),
  returns: Done,
  refusals: ['account.wrong_password', 'account.too_many_tries', ...PASSWORD_REFUSALS],
})

const StartupToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'the token from the start-up link')

export const checkStartup = endpoint({
  summary: 'Whether a start-up link is still valid: the one that the server prints while there is no staff.',
  method: 'POST',
  path: '/startup/check',
  unrecorded: 'reads only',
  needs: 'nobody',
  body: z.strictObject({ token: StartupToken }),
  returns: z.object({ expiresAt: Instant }),
  refusals: ['startup.unknown'],
})

export const startUp = endpoint({
  summary: 'Makes the first staff account, an Operator admin. Works once, and only while there is no staff.',
  method: 'POST',
  path: '/startup',
  needs: 'nobody',
  body: z.strictObject({ token: StartupToken, name: PersonName, email: Email, password: Password }),
  returns: z.object({ email: Email }),
  refusals: ['startup.unknown', ...PASSWORD_REFUSALS],
})

const ActivationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'the token from the activation link')

export const checkActivation = endpoint({
  summary: 'Whose account an activation link opens, and until when.',
  method: 'POST',
  path: '/activations/check',
  unrecorded: 'reads only',
  needs: 'nobody',
  body: z.strictObject({ token: ActivationToken }),
  returns: z.object({ email: Email, name: PersonName, partnerName: z.string().nullable(), expiresAt: Instant }),
  refusals: ['activation.unknown'],
})

export const activate = endpoint({
  summary: 'Sets the first password. The link works once; the person logs in afterwards.',
  method: 'POST',
  path: '/activations',
  needs: 'nobody',
  body: z.strictObject({ token: ActivationToken, password: Password }),
  returns: z.object({ email: Email }),
  refusals: ['activation.unknown', ...PASSWORD_REFUSALS],
})

export const startReset = endpoint({
  summary: 'Mails a one-time code to a log-in address. The answer never tells whether the address has an account.',
  method: 'POST',
  path: '/password-reset',
  needs: 'nobody',
  body: z.strictObject({ email: Email }),
  returns: z.object({ codeSeconds: z.number(), resendSeconds: z.number() }),
  refusals: ['server.busy'],
})

export const resendResetCode = endpoint({
  summary: 'Mails a new code for the reset under way in this browser; the one before is void.',
  method: 'POST',
  path: '/password-reset/code',
  unrecorded: 'belongs to the reset that was asked for',
  needs: 'nobody',
  returns: z.object({ codeSeconds: z.number(), resendSeconds: z.number() }),
  refusals: ['reset.not_started', 'reset.too_soon', 'server.busy'],
})

export const verifyResetCode = endpoint({
  summary: 'Proves the address with the code. It opens nothing but the next step.',
  method: 'PUT',
  path: '/password-reset/code',
  unrecorded: 'belongs to the reset that was asked for',
  needs: 'nobody',
  body: z.strictObject({
    code: z
      .string()
      .trim()
      .regex(new RegExp(`^\\d{${RESET.digits}}$`), `${RESET.digits} digits`),
  }),
  returns: Done,
  refusals: ['reset.not_started', 'reset.wrong_code', 'server.busy'],
})

export const finishReset = endpoint({
  summary: 'Sets the new password, ends every session of the account and mails a notice. It does not log in.',
  method: 'PUT',
  path: '/password-reset/password',
  needs: 'nobody',
  body: z.strictObject({ password: Password }),
  returns: Done,
  refusals: ['reset.not_started', 'reset.not_verified', ...PASSWORD_REFUSALS],
})
