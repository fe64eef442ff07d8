/**
 * The signature scheme: which bytes are signed, and the grammar of the header. Stated for partners in docs/guide/signing.md.
 *
 *     <METHOD> <URI>\n<CLIENT-ID>.<TIME>.<RAW BODY>
 *
 * The text before the body is ASCII as it stood in the message; the body is the bytes as they were received, never re-serialised.
 * URI is the path with its query string; scheme, host and port are not part of it.
 */

export type SignedParts = { method: string; uri: string; clientId: string; time: string }

/** Everything in front of the raw body. */
export function textBeforeBody({ method, uri, clientId, time }: SignedParts): string {
  return `${method} ${uri}\n${clientId}.${time}.`
}

export type SignatureHeader = {
  algorithm: string
  /** Undefined where the sender names none: the newest key counts. */
  keyVersion: number | undefined
  /** Base64, the percent-encoding already taken off. */
  signature: string
}

export type SignatureHeaderFault =
  | 'missing'
  | 'no_signature'
  | 'wrong_algorithm'
  | 'wrong_key_version'
  | 'wrong_encoding'

/**
 * Reads `algorithm=RSA256,keyVersion=1,signature=…` tolerantly: blanks and any order of the parts are fine, the algorithm's case
 * does not matter, `keyVersion` may be left out.
 */
export function parseSignatureHeader(header: string | undefined): SignatureHeader | { fault: SignatureHeaderFault } {
  if (header === undefined || header.trim() === '') return { fault: 'missing' }
  const parts = partsOf(header)
  const algorithm = (parts.get('algorithm') ?? 'RSA256').toUpperCase()
  if (algorithm !== 'RSA256') return { fault: 'wrong_algorithm' }
  const version = parts.get('keyversion')
  if (version !== undefined && !/^\d{1,9}$/.test(version)) return { fault: 'wrong_key_version' }
  const encoded = parts.get('signature')
  if (!encoded) return { fault: 'no_signature' }
  const signature = percentDecoded(encoded)
  if (signature === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return { fault: 'wrong_encoding' }
  return { algorithm, keyVersion: version === undefined ? undefined : Number(version), signature }
}

function partsOf(header: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const item of header.split(',')) {
    const at = item.indexOf('=')
    if (at > 0) parts.set(item.slice(0, at).trim().toLowerCase(), item.slice(at + 1).trim())
  }
  return parts
}

/** The part `signature` as it stands in the header, whatever it is; undefined where there is none. */
export const signatureText = (header: string): string | undefined => partsOf(header).get('signature')

/** The header as we send it: exactly three items without blanks, the signature last and percent-encoded. */
export function formatSignatureHeader(keyVersion: number, signatureBase64: string): string {
  return `algorithm=RSA256,keyVersion=${keyVersion},signature=${encodeURIComponent(signatureBase64)}`
}

function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
