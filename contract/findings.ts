/** Auto Diagnosis: calls with what was wrong with each. Stated in docs/guide/tools.md. */
import * as z from 'zod'
import { findingCodes } from '../rules/findings.ts'
import { FINDINGS_PAGE, SEARCH_MAX } from '../rules/limits.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { ExchangeSummary } from './log.ts'
import { Line, PageQuery, pageOf } from './wire.ts'

const Finding = z.object({
  code: z.enum(findingCodes),
  /** A cause, a result code, a fault, a count or an amount, as the code says. */
  detail: z.string().nullable(),
})

const Diagnosed = z.object({
  exchange: ExchangeSummary,
  /** What the answer said in words, such as which field was wrong; null where it said nothing. */
  message: z.string().nullable(),
  findings: z.array(Finding),
})

export const listFindings = endpoint({
  summary:
    'Calls that a text finds, as in the request log, newest first, each with what was wrong with it: of the call itself, and of what became of its payment.',
  method: 'GET',
  path: '/applications/:applicationId/findings',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({
    cursor: PageQuery.cursor,
    search: Line(0, SEARCH_MAX).optional(),
    /** The interface, such as `payments/pay`. */
    api: Line(0, 100).optional(),
    /** How far back. */
    days: z.coerce.number().int().min(1).max(FINDINGS_PAGE.daysMax).default(FINDINGS_PAGE.daysMax),
  }),
  returns: pageOf(Diagnosed),
})
