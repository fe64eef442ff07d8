/** Versions of a sandbox key: how much each is used, and how one is taken out of use and back. Stated in docs/guide/signing.md. */
import * as z from 'zod'
import { KEY_PROOF } from '../rules/limits.ts'
import { ApplicationId, SandboxView } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './wire.ts'

const KeyVersion = z.strictObject({ applicationId: Id('app'), version: z.coerce.number().int().min(1).max(1e6) })

export const getKeyUse = endpoint({
  summary: 'How many calls of the last hour, day and week verified with each version of the sandbox key.',
  method: 'GET',
  path: '/applications/:applicationId/sandbox/key-use',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: z.object({
    items: z.array(
      z.object({
        version: z.number(),
        lastHour: z.number(),
        lastDay: z.number(),
        lastWeek: z.number(),
        /** The last call of the week. */
        lastAt: Instant.nullable(),
      }),
    ),
  }),
})

export const challengeSandboxKey = endpoint({
  summary: 'Gives a new text to sign for a replacement that waits. The text before it is void.',
  method: 'POST',
  path: '/applications/:applicationId/sandbox/keys/:version/challenge',
  needs: 'sandbox.develop',
  params: KeyVersion,
  returns: SandboxView,
  refusals: ['key.not_waiting'],
})

export const proveSandboxKey = endpoint({
  summary:
    'Proves a replacement by the signature of its text: RSA PKCS#1 v1.5 with SHA-256, in base64. It is active from then on; of more than two active keys the oldest is retired.',
  method: 'POST',
  path: '/applications/:applicationId/sandbox/keys/:version/proof',
  needs: 'sandbox.develop',
  params: KeyVersion,
  body: z.strictObject({ signature: z.string().min(1).max(KEY_PROOF.signatureMax) }),
  returns: SandboxView,
  refusals: ['key.not_waiting', 'key.proof_unknown', 'key.proof_wrong'],
})

export const retireSandboxKey = endpoint({
  summary:
    'Takes a version of the sandbox key out of use. One that verified a call within the last day asks for `evenIfUsed`; the only active one stays.',
  method: 'POST',
  path: '/applications/:applicationId/sandbox/keys/:version/retire',
  needs: 'sandbox.develop',
  params: KeyVersion,
  body: z.strictObject({ evenIfUsed: z.boolean() }),
  returns: SandboxView,
  refusals: ['key.retired', 'key.in_live_use', 'key.only_active'],
})

export const restoreSandboxKey = endpoint({
  summary: 'Takes a retirement back: the version is as it was. Two can be active at once.',
  method: 'POST',
  path: '/applications/:applicationId/sandbox/keys/:version/restore',
  needs: 'sandbox.develop',
  params: KeyVersion,
  returns: SandboxView,
  refusals: ['key.not_retired', 'key.two_active'],
})
