/** The only place where a failure becomes an answer. A refusal tells the person what to do; anything else tells a request id. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RefusalBody } from '../../contract/endpoint.ts'
import { LANGUAGES, type Language, languageAccepted } from '../../rules/languages.ts'
import { REFUSALS, Refusal, type RefusalCode } from '../../rules/refusals.ts'
import { fieldWords, permissionWords, refusalWords, roleWords } from './words.ts'

function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const status = (error as { statusCode?: number }).statusCode // Fastify's own errors carry one
  if (status === 413) return new Refusal('request.too_large')
  if (status === 415) return new Refusal('request.not_json')
  if (status === 404) return new Refusal('thing.not_found')
  if (status !== undefined && status >= 400 && status < 500) return new Refusal('request.malformed')
  return new Refusal('server.failed')
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalFrom(error)
  if (refusal.code === 'server.failed') request.log.error({ err: error }, 'a request failed')
  else request.log.info({ code: refusal.code }, 'refused')
  const language = languageAccepted(request.headers['accept-language'])
  if (refusal.details.retryAfterSeconds !== undefined) reply.header('retry-after', refusal.details.retryAfterSeconds)
  return reply
    .code(REFUSALS[refusal.code][0])
    .type('application/json; charset=utf-8')
    .header('content-language', LANGUAGES[language].tag)
    .header('vary', 'accept-language')
    .send(JSON.stringify(bodyOf(refusal, request.id, language)))
}

/** Codes are the same in every language; the words are those that the reader asked for. */
function bodyOf({ code, details }: Refusal, requestId: string, language: Language): RefusalBody {
  const { missing, fields, ...others } = details
  const [title, remedy] = refusalWords(code, language)
  return {
    code,
    title,
    remedy,
    requestId,
    ...others,
    ...(fields && { fields: fields.map(({ path, message }) => ({ path, message: fieldWords(message, language) })) }),
    ...(missing && {
      permission: permissionWords(missing.permission, language),
      roles: missing.roles.map((role) => roleWords(role, language)),
    }),
  }
}

/** Codes that any endpoint may answer, because the kernel throws them before or around the handler. */
export const KERNEL_CODES: readonly RefusalCode[] = [
  'request.not_json',
  'request.malformed',
  'request.invalid',
  'request.too_large',
  'request.private_key',
  'request.url_too_long',
  'request.foreign_origin',
  'request.too_many',
  'session.missing',
  'session.proof_needed',
  'session.other_organisation',
  'permission.missing',
  'partner.trial_over',
  'thing.not_found',
  'registry.off',
  'registry.wrong_token',
  'server.failed',
]
