/** One call from the page itself: signed here, sent to the gateway of this center, and the answer verified here. */
import { formatSignatureHeader, parseSignatureHeader, textBeforeBody } from '../../../rules/signature.ts'
import { type PrivateKey, verifies } from '../../parts/environment/private-key.ts'

export type Call = { uri: string; clientId: string; keyVersion: number; body: string; more: Record<string, string> }

type Sent = {
  uri: string
  time: string
  body: string
  /** What was signed, with the body at its end. */
  signedText: string
  headers: Record<string, string>
}

export type Answer = {
  status: number
  durationMs: number
  headers: Record<string, string>
  body: string
  /** What the signature of the answer was checked against; null where it carries none. */
  signedText: string | null
  isVerified: boolean
  /** What the body says, where it is one of the gateway's. */
  result: { resultCode: string; resultStatus: string; resultMessage: string } | undefined
  /** The whole body, where it is JSON. */
  content: Record<string, unknown>
}

export type Outcome = { sent: Sent; answer: Answer }

/** Rejects where no answer came at all. */
export async function sendSigned(call: Call, key: PrivateKey, networkKey: string): Promise<Outcome> {
  const sent = await signed(call, key)
  const began = performance.now()
  // The cookie is the console's, and none of the gateway's business.
  const response = await fetch(call.uri, {
    method: 'POST',
    headers: sent.headers,
    body: call.body,
    credentials: 'omit',
    cache: 'no-store',
  })
  const body = await response.text()
  const durationMs = Math.round(performance.now() - began)
  return { sent, answer: { durationMs, ...(await answerOf(call.uri, response, body, networkKey)) } }
}

async function signed({ uri, clientId, keyVersion, body, more }: Call, key: PrivateKey): Promise<Sent> {
  const time = new Date().toISOString()
  const signedText = textBeforeBody({ method: 'POST', uri, clientId, time }) + body
  const signature = formatSignatureHeader(keyVersion, await key.sign(signedText))
  return {
    uri,
    time,
    body,
    signedText,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: signature,
      ...more,
    },
  }
}

async function answerOf(uri: string, response: Response, body: string, networkKey: string) {
  const header = parseSignatureHeader(response.headers.get('signature') ?? undefined)
  const parts = {
    method: 'POST',
    uri,
    clientId: response.headers.get('client-id') ?? '',
    time: response.headers.get('response-time') ?? '',
  }
  const signedText = 'fault' in header ? null : textBeforeBody(parts) + body
  const isVerified = !('fault' in header) && (await verifies(networkKey, `${signedText}`, header.signature))
  const content = contentOf(body)
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body,
    signedText,
    isVerified,
    content,
    result: content.result as Answer['result'], // every answer of the gateway has one
  }
}

function contentOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {} // just looked at
  } catch {
    return {}
  }
}
