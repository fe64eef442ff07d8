/** Logging in and out, the first password, and the five steps of a password reset. */
import * as z from 'zod'
import { RESET } from '../rules/limits.ts'
import { partnerTypes } from '../rules/products.ts'
import { partnerRoles, permissions, staffPermissions, staffRoles } from '../rules/roles.ts'
import { endpoint } from './endpoint.ts'
import { Done, Email, Id, Instant, PersonName } from './wire.ts'

/** A password as it was typed: never trimmed or cut. Its length is judged by the use case, in code points, after NFC. */
const Password = z.string().min(1).max(1000)

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
  staffRole: z.enum(staffRoles).nullable(),
  staffPermissions: z.array(z.enum(staffPermissions)),
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

const ActivationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'the token from the activation link')

export const checkActivation = endpoint({
  summary: 'Whose account an activation link opens, and until when.',
  method: 'POST',
  path: '/activations/check',
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
  refusals: ['activation.unknown', 'account.password_too_short', 'account.password_too_long', 'server.busy'],
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
  needs: 'nobody',
  returns: z.object({ codeSeconds: z.number(), resendSeconds: z.number() }),
  refusals: ['reset.not_started', 'reset.too_soon', 'server.busy'],
})

export const verifyResetCode = endpoint({
  summary: 'Proves the address with the code. It opens nothing but the next step.',
  method: 'PUT',
  path: '/password-reset/code',
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
  refusals: [
    'reset.not_started',
    'reset.not_verified',
    'account.password_too_short',
    'account.password_too_long',
    'server.busy',
  ],
})
