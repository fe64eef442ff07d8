/** The Signature Doctor on the answer to a notification: what was signed instead of that answer, as far as its bytes were kept. */
import type { CallFacts } from '../../rules/diagnosis.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Ctx } from '../context.ts'
import { KEPT_ANSWER } from './deliver.ts'
import * as store from './store.ts'

type Ids = { applicationId: string; notificationId: string; attemptId: string }

/** The application has been found to be the actor's. `at`: when the answer was asked for. */
export async function answerOf(ctx: Ctx, ids: Ids): Promise<{ at: number; facts: CallFacts }> {
  const row = await store.findAttempt(ctx, ids)
  if (!row) throw new Refusal('thing.not_found')
  if (row.signature_verified !== 0) throw new Refusal('diagnosis.not_refused')
  // What was cut off, or was no text, is not what was signed: every finding would be a guess.
  const isWhole = Buffer.byteLength(row.response_body) < KEPT_ANSWER && !row.response_body.includes('\uFFFD')
  if (!isWhole) throw new Refusal('diagnosis.not_whole')
  const asked = headersIn(row.request_headers)
  const answered = headersIn(row.response_headers)
  const { pathname, search } = new URL(row.url)
  const times = [asked.get('request-time'), answered.get('date')]
  return {
    at: row.at,
    facts: {
      method: 'POST',
      uri: `${pathname}${search}`,
      host: new URL(row.url).host || undefined,
      clientId: asked.get('client-id') ?? '',
      time: answered.get('response-time') ?? '',
      body: Uint8Array.from(Buffer.from(row.response_body)),
      signature: answered.get('signature') ?? '',
      otherClientIds: [],
      otherTimes: times.filter((time) => time !== undefined),
    },
  }
}

function headersIn(json: string): ReadonlyMap<string, string> {
  const headers = JSON.parse(json) as Record<string, string> // written by us
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
