/** Report files of a sandbox, and the SFTP account that fetches the same ones. */
import * as z from 'zod'
import { SFTP } from '../rules/limits.ts'
import { reportKinds } from '../rules/reports.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { FeesView } from './partners.ts'
import { Done, FileAnswer, Id, Instant, PAGE_LIMIT } from './wire.ts'

/** All times are those of the sandbox's clock. */
const ReportFileView = z.object({
  id: Id('rpf'),
  kind: z.enum(reportKinds),
  name: z.string(),
  /** Where it lies on the SFTP server. */
  folder: z.string(),
  /** The clearing day, or the settlement day: `2026-11-26`. */
  day: z.string(),
  currency: z.string(),
  bytes: z.number(),
  /** Made while its day went on: the report of the next morning takes its place. */
  byHand: z.boolean(),
  madeAt: Instant,
  keptUntil: Instant,
})
export type ReportFileView = z.infer<typeof ReportFileView>

export const listReports = endpoint({
  summary: 'The report files of a sandbox, newest first.',
  method: 'GET',
  path: '/applications/:applicationId/reports',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({ cursor: Id('rpf').optional(), limit: PAGE_LIMIT }),
  returns: z.object({
    items: z.array(ReportFileView),
    nextCursor: z.string().nullable(),
    /** Reports that are being made. */
    waiting: z.number(),
    /** Reports of the last two weeks that could not be made, and are not tried any more. */
    failed: z.number(),
    /** The time of the sandbox, and when the next reports are made by it. */
    now: Instant,
    nextAt: Instant,
  }),
})

export const makeTodaysReport = endpoint({
  summary: 'Makes the clearing files of the day so far. They are in the list as soon as they are whole.',
  method: 'POST',
  path: '/applications/:applicationId/reports',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: Done,
})

export const downloadReport = endpoint({
  summary: 'One report file, as it lies on the SFTP server.',
  method: 'GET',
  path: '/applications/:applicationId/reports/:fileId/file',
  needs: 'sandbox.develop',
  params: ApplicationId.extend({ fileId: Id('rpf') }),
  returns: FileAnswer,
})

export const listFees = endpoint({
  summary:
    'What payments of the application are charged from now on, by product, in basis points of the settlement amount. Of a wallet nothing: it makes none.',
  method: 'GET',
  path: '/applications/:applicationId/fees',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: z.object({ items: z.array(FeesView) }),
})

export const SftpView = z.object({
  /** `sftp://host:port`; null where the center serves none. */
  url: z.string().nullable(),
  account: z.string(),
  password: z.object({ setAt: Instant, setBy: z.string() }).nullable(),
  key: z.object({ fingerprint: z.string(), setAt: Instant, setBy: z.string() }).nullable(),
  /** Of the server, as clients show it at the first connection; null where the center serves none. */
  hostKeyFingerprint: z.string().nullable(),
  folder: z.string(),
})
export type SftpView = z.infer<typeof SftpView>

const path = '/applications/:applicationId/sandbox/sftp'

export const getSftp = endpoint({
  summary: 'The SFTP account of a sandbox.',
  method: 'GET',
  path,
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: SftpView,
})

export const newSftpPassword = endpoint({
  summary: 'A new password for the SFTP account, shown this once. The one before ends at once.',
  method: 'POST',
  path: `${path}/password`,
  needs: 'sandbox.develop',
  asksProof: () => true,
  params: ApplicationId,
  returns: SftpView.extend({ newPassword: z.string() }),
  refusals: ['sftp.off'],
})

export const setSftpKey = endpoint({
  summary: 'Sets or removes the public key of the SFTP account: one line as OpenSSH writes it.',
  method: 'PUT',
  path: `${path}/key`,
  needs: 'sandbox.develop',
  asksProof: () => true,
  params: ApplicationId,
  body: z.strictObject({ publicKey: z.string().max(SFTP.keyChars).nullable() }),
  returns: SftpView,
  refusals: ['sftp.off', 'sftp.key_private', 'sftp.key_unreadable', 'sftp.key_weak'],
})
