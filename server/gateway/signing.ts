/** RSA with SHA-256 over the bytes of a message, as rules/signature.ts lays them out. */
import { createVerify, type KeyObject, sign } from 'node:crypto'
import { formatSignatureHeader, type SignedParts, textBeforeBody } from '../../rules/signature.ts'

/** Signing takes most of a request's time, so it is done off the event loop. */
export function signMessage(key: KeyObject, parts: SignedParts, body: Buffer): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(textBeforeBody(parts)), body])
  return new Promise((resolve, reject) =>
    sign('sha256', bytes, key, (error, signature) =>
      error ? reject(error) : resolve(formatSignatureHeader(NETWORK_KEY_VERSION, signature.toString('base64'))),
    ),
  )
}

/** Verifying is thirty times cheaper than signing: the way to the thread pool would cost more than it saves. */
export function verifyMessage(key: KeyObject, parts: SignedParts, body: Buffer, signatureBase64: string): boolean {
  return createVerify('RSA-SHA256').update(textBeforeBody(parts)).update(body).verify(key, signatureBase64, 'base64')
}

/** The network has one pair per client so far. */
const NETWORK_KEY_VERSION = 1
