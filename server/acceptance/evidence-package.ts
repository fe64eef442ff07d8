/** The evidence package of an application: its verdicts, and every exchange and notification that they rest on, with the exact bytes. */
import { BY_HAND } from '../../rules/limits.ts'
import { ensureQuota } from '../accounts/counters.ts'
import type { Ctx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { listWholeExchanges } from '../gateway/judged.ts'
import { listWholeNotifications, type WholeNotification } from '../notifications/judged.ts'
import { publicEvidenceKey, signEvidence } from './evidence-key.ts'
import { type EvidenceRecord, packageText } from './package-text.ts'
import { fileName, type Report, reportOf } from './report.ts'

const BATCH = 200

export async function evidencePackage(ctx: Ctx, applicationId: string) {
  await ctx.tx((tx) => ensureQuota(tx, `exports ${applicationId}`, BY_HAND.exports, BY_HAND.hourSeconds))
  const report = await reportOf(ctx, applicationId)
  const { fingerprint, publicKey } = await publicEvidenceKey(ctx)
  const cases = report.suites.flatMap((suite) => suite.cases)
  const ids = [...new Set(cases.flatMap(({ restsOn }) => restsOn))]
  const records: EvidenceRecord[] = [
    headerOf(report, publicKey, fingerprint),
    ...cases.filter(({ verdict }) => verdict !== null).map(verdictRecord),
    ...(await exchangeRecords(ctx, applicationId, ids)),
    ...(await notificationRecords(ctx, applicationId, ids)),
  ]
  const content = await packageText(records, (text) => signEvidence(ctx, text))
  return { name: fileName(report, 'evidence.jsonl'), type: 'application/jsonl; charset=utf-8', content }
}

function headerOf(report: Report, publicKey: string, fingerprint: string): EvidenceRecord {
  const { application, organisation, network, madeAt, suites } = report
  return {
    kind: 'header',
    fields: {
      format: 'slipway-evidence/1',
      network,
      organisation,
      applicationId: application.id,
      application: application.name,
      clientId: application.clientId,
      madeAt,
      suites: JSON.stringify(suites.map(({ product, version, editions }) => ({ product, version, editions }))),
      algorithm: 'Ed25519',
      publicKey,
      fingerprint,
    },
  }
}

function verdictRecord(one: Report['suites'][number]['cases'][number]): EvidenceRecord {
  return {
    kind: 'verdict',
    fields: {
      case: one.id,
      title: one.title,
      required: String(one.required),
      suiteVersion: String(one.suiteVersion ?? ''),
      outcome: one.verdict?.outcome ?? '',
      decidedAt: one.decidedAt ?? '',
      verdict: JSON.stringify(one.verdict),
      restsOn: JSON.stringify(one.restsOn),
    },
  }
}

async function exchangeRecords(ctx: Ctx, applicationId: string, ids: readonly string[]): Promise<EvidenceRecord[]> {
  const wanted = ids.filter((id) => id.startsWith('exc_'))
  const rows = await inBatches(wanted, (some) => listWholeExchanges(ctx, applicationId, some))
  return rows.map((row) => ({ kind: 'exchange', fields: exchangeFields(row) }))
}

function exchangeFields(row: Row<'exchanges'>): Record<string, string> {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    method: row.method,
    uri: row.uri,
    resultCode: row.result_code,
    signature: row.signature,
    keyVersion: String(row.key_version ?? ''),
    paymentRequestId: row.payment_request_id ?? '',
    sourceAddress: row.source_address,
    misbehaviour: row.misbehaviour ?? '',
    requestHeaders: row.request_headers,
    requestBody: Buffer.from(row.request_body).toString('base64'),
    responseHeaders: row.response_headers,
    responseBody: Buffer.from(row.response_body).toString('base64'),
  }
}

async function notificationRecords(ctx: Ctx, applicationId: string, ids: readonly string[]): Promise<EvidenceRecord[]> {
  const wanted = ids.filter((id) => id.startsWith('ntf_'))
  const attemptIds = ids.filter((id) => id.startsWith('att_'))
  const rows = await inBatches(wanted, (some) => listWholeNotifications(ctx, applicationId, { ids: some, attemptIds }))
  return rows.flatMap((row) => [
    { kind: 'notification', fields: notificationFields(row) },
    ...row.tries.map((row) => ({ kind: 'attempt', fields: attemptFields(row) })),
  ])
}

function notificationFields(row: WholeNotification): Record<string, string> {
  return {
    id: row.id,
    at: new Date(row.created_at).toISOString(),
    api: row.api,
    url: row.url,
    paymentRequestId: row.payment_request_id,
    misbehaviour: row.misbehaviour ?? '',
    body: Buffer.from(row.body).toString('base64'),
  }
}

function attemptFields(row: Row<'notification_attempts'>): Record<string, string> {
  return {
    id: row.id,
    notification: row.notification_id,
    number: String(row.number),
    at: new Date(row.at).toISOString(),
    status: String(row.status ?? ''),
    fault: row.fault ?? '',
    misbehaviour: row.misbehaviour ?? '',
    requestHeaders: row.request_headers,
    responseHeaders: row.response_headers,
    responseBody: Buffer.from(row.response_body).toString('base64'),
  }
}

async function inBatches<T>(ids: readonly string[], read: (some: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = []
  for (let i = 0; i < ids.length; i += BATCH) rows.push(...(await read(ids.slice(i, i + BATCH))))
  return rows
}
