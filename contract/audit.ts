/** The audit log: who changed what. Partners see their own chain, staff see every one. */
import * as z from 'zod'
import { auditActions } from '../rules/audit.ts'
import { AUDIT } from '../rules/limits.ts'
import { endpoint } from './endpoint.ts'
import { FileAnswer, Id, Instant, Line, PageQuery, pageOf } from './wire.ts'

/** A partner's chain has the id of the partner; what concerns no partner is in the chain of the center. */
const Chain = z.union([Id('ptn'), z.literal('center')])

const AuditEntry = z.object({
  id: Id('aud'),
  at: Instant,
  chain: Chain,
  /** Whose chain it is; null for the center's own. */
  partnerName: z.string().nullable(),
  /** Its place in the chain. */
  number: z.number(),
  /** The chain's entry of this place, in hexadecimal: SHA-256 over the entry and the hash before it. */
  hash: z.string(),
  /** `person`: somebody who was not logged in yet. */
  actor: z.object({
    kind: z.enum(['member', 'staff', 'person', 'nobody', 'system']),
    name: z.string(),
    email: z.string().nullable(),
  }),
  action: z.enum(auditActions),
  object: z.object({ id: z.string(), name: z.string() }),
  /** What was changed, as text; null where there was or is nothing. */
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
})

const Filter = {
  /** Part of the name or the address of whoever acted. */
  actor: Line(1, AUDIT.textMax).optional(),
  action: z.enum(auditActions).optional(),
  /** Part of the name or the id of what was changed, or of the request id. */
  object: Line(1, AUDIT.textMax).optional(),
  /** Inclusive. */
  from: Instant.optional(),
  /** Exclusive. */
  to: Instant.optional(),
  /** Only what was refused: log-ins, and actions without the permission. */
  refusals: z.literal('true').optional(),
}
const Format = { format: z.enum(['csv', 'json']).default('csv') }
/** Left out: every chain. */
const OfChain = { chain: Chain.optional() }

const Verification = z.object({
  chains: z.number(),
  /** As many as were found to be as they were written. */
  entries: z.number(),
  /** For each broken chain the first place at which it breaks, at most a hundred. */
  faults: z.array(
    z.object({
      chain: Chain,
      partnerName: z.string().nullable(),
      number: z.number(),
      id: Id('aud').nullable(),
      reason: z.string(),
    }),
  ),
})

export const listAudit = endpoint({
  summary:
    "The organisation's audit log, newest first. A page without entries may have a next one: the search goes on.",
  method: 'GET',
  path: '/audit',
  needs: 'audit.view',
  query: z.strictObject({ ...Filter, ...PageQuery }),
  returns: pageOf(AuditEntry),
})

export const exportAudit = endpoint({
  summary: "The organisation's audit log as a file, newest first, sent while it is read. The export leaves an entry.",
  method: 'GET',
  path: '/audit/export',
  needs: 'audit.view',
  query: z.strictObject({ ...Filter, ...Format }),
  returns: FileAnswer,
  refusals: ['audit.too_many'],
})

export const verifyAudit = endpoint({
  summary:
    "Reads the organisation's chain from its first entry to its end, and names the first place at which it breaks.",
  method: 'GET',
  path: '/audit/verification',
  needs: 'audit.view',
  returns: Verification,
  refusals: ['audit.too_many'],
})

export const listEveryAudit = endpoint({
  summary: 'The audit log of a partner, of the center, or of all, newest first.',
  method: 'GET',
  path: '/staff/audit',
  needs: 'staff.audit.view',
  query: z.strictObject({ ...Filter, ...OfChain, ...PageQuery }),
  returns: pageOf(AuditEntry),
})

export const exportEveryAudit = endpoint({
  summary: 'The same as a file, sent while it is read. The export leaves an entry.',
  method: 'GET',
  path: '/staff/audit/export',
  needs: 'staff.audit.view',
  query: z.strictObject({ ...Filter, ...OfChain, ...Format }),
  returns: FileAnswer,
  refusals: ['audit.too_many'],
})

export const verifyEveryAudit = endpoint({
  summary: 'Reads one chain, or all, from the first entry to the end, and names the first place at which each breaks.',
  method: 'GET',
  path: '/staff/audit/verification',
  needs: 'staff.audit.view',
  query: z.strictObject(OfChain),
  returns: Verification,
  refusals: ['audit.too_many'],
})
