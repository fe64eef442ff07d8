/** The Signature Doctor on a recorded call: what was signed instead of what came. */
import * as z from 'zod'
import { hypothesisIds, keyKinds } from '../rules/diagnosis.ts'
import { endpoint } from './endpoint.ts'
import { Id } from './wire.ts'

const DiagnosisView = z.object({
  /**
   * `verifies`: it verifies today. `named`: with what `named` lists changed, and nothing else, it verifies. `string`: key and hash are
   * known, the string is none of those that were tried. `key`: no key that the center knows made it. `unreadable`: it is no signature.
   */
  verdict: z.enum(['verifies', 'named', 'string', 'key', 'unreadable']),
  named: z.array(z.enum(hypothesisIds)),
  /** What would have given the same string. */
  alike: z.array(z.enum(hypothesisIds)),
  /** The key that made the signature; `application`: of which of yours, where it is another one. */
  key: z.object({ kind: z.enum(keyKinds), version: z.number(), application: z.string().nullable() }).nullable(),
  /** The hash that the signature names. */
  hash: z.string().nullable(),
  /** The string that the gateway verifies against, and the one that was signed: both as base64. */
  received: z.string(),
  signed: z.string().nullable(),
  /** In how many ways each hypothesis was tried. */
  tried: z.array(z.object({ id: z.enum(hypothesisIds), ways: z.number() })),
})

export const diagnoseAnswer = endpoint({
  summary:
    'Why the signature of an answer to a notification does not verify: the Signature Doctor, on the bytes of the answer that were kept (8 kB of text). Nothing is stored.',
  method: 'GET',
  path: '/applications/:applicationId/notifications/:notificationId/attempts/:attemptId/diagnosis',
  needs: 'sandbox.develop',
  params: z.strictObject({ applicationId: Id('app'), notificationId: Id('ntf'), attemptId: Id('att') }),
  returns: DiagnosisView,
  refusals: ['diagnosis.not_refused', 'diagnosis.not_whole', 'diagnosis.too_many'],
})

export const diagnoseExchange = endpoint({
  summary: 'Why the signature of a recorded call does not verify: the Signature Doctor. Nothing is stored.',
  method: 'GET',
  path: '/applications/:applicationId/exchanges/:exchangeId/diagnosis',
  needs: 'sandbox.develop',
  params: z.strictObject({ applicationId: Id('app'), exchangeId: Id('exc') }),
  returns: DiagnosisView,
  refusals: ['diagnosis.not_refused', 'diagnosis.too_large', 'diagnosis.too_many'],
})
