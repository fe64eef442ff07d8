/** A call as it came in, what is known of it so far, and what of it is written down as evidence. */
import { MISBEHAVIOURS, type Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Family } from '../../rules/interfaces.ts'
import { RESULTS, type ResultCode } from '../../rules/results.ts'
import type { Client } from './clients.ts'
import type { Exchange, HeaderPairs } from './exchanges.ts'
import type { Answered } from './payments.ts'

export type Received = {
  id: string
  method: string
  /** Path and query as they stood in the request line. */
  uri: string
  headers: Record<string, string | undefined>
  rawHeaders: string[]
  body: Buffer
  address: string
}

export type Answer = { headers: Record<string, string>; body: string }

/** What is known of the call so far; evidence is written from it however the call ends. */
export type Call = {
  received: Received
  startedAt: number
  begun: number
  client: Client | undefined
  signature: 'verified' | 'refused' | 'absent'
  keyVersion: number | null
  warning: string | null
  family: Family
  api: string | null
  /** What the gateway does wrong with this call on purpose. */
  misbehaviour: Misbehaviour | null
  /** iMock answers it. */
  isMocked: boolean
  /** The Test Merchant has signed it, with a throw-away key. */
  byTestMerchant: boolean
}

/** What is written down of a call, however it ended. */
export function evidenceOf(call: Call, answer: Answer, answered: Evidenced): Exchange {
  const { received, client } = call
  const resultCode = codeOf(answer.body)
  return {
    direction: 'in',
    applicationId: client?.applicationId ?? '',
    startedAt: call.startedAt,
    durationUs: Math.round((performance.now() - call.begun) * 1000),
    method: received.method,
    uri: received.uri,
    api: call.api,
    resultCode,
    resultStatus: RESULTS[resultCode][0],
    signature: call.signature,
    keyVersion: call.keyVersion,
    warning: call.warning ?? (call.misbehaviour && MISBEHAVIOURS[call.misbehaviour]) ?? answered.note ?? null,
    paymentRequestId: answered.paymentRequestId,
    paymentId: answered.paymentId,
    refundRequestId: answered.refundRequestId ?? null,
    sourceAddress: received.address,
    requestHeaders: masked(received.rawHeaders),
    requestBody: received.body,
    responseHeaders: Object.entries(answer.headers),
    responseBody: answer.body,
    misbehaviour: call.misbehaviour,
    cause: answered.cause ?? null,
    isMocked: call.isMocked,
    byTestMerchant: call.byTestMerchant,
  }
}

type Evidenced = Omit<Answered, 'body'>

/** Every answer begins with its result. */
function codeOf(body: string): ResultCode {
  const code = /^\{"result":\{"resultCode":"([A-Z_]+)"/.exec(body)?.[1] ?? ''
  return code in RESULTS ? (code as ResultCode) : 'UNKNOWN_EXCEPTION' // just found there
}

/** The ids in the body of a verified call that was refused, so that the log can be searched for them. */
export function askedIds({ signature, received }: Call): { paymentRequestId: string | null; refundRequestId?: string } {
  if (signature !== 'verified') return { paymentRequestId: null }
  const text = received.body.toString('utf8')
  const refundRequestId = askedId(text, 'refundRequestId')
  return {
    paymentRequestId: askedId(text, 'paymentRequestId') ?? null,
    ...(refundRequestId ? { refundRequestId } : {}),
  }
}

function askedId(body: string, name: 'paymentRequestId' | 'refundRequestId'): string | undefined {
  return new RegExp(`"${name}"\\s*:\\s*"([^"\\\\\\p{Cc}]{1,64})"`, 'u').exec(body)?.[1]
}

/** Credentials that a header carries are not written down. The signature is no secret. */
function masked(rawHeaders: readonly string[]): HeaderPairs {
  const pairs: HeaderPairs = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i], rawHeaders[i + 1]]
    pairs.push([
      name,
      /^(agent-token|authorization|cookie|proxy-authorization)$/i.test(name) && value !== '' ? '***' : value,
    ])
  }
  return pairs
}
