/** RSA with SHA-256 over the bytes of a message, as rules/signature.ts lays them out. */
import { type KeyObject, sign, verify } from 'node:crypto'
import { formatSignatureHeader, type SignedParts, textBeforeBody } from '../../rules/signature.ts'

/** Signing takes most of a request's time, so it is done off the event loop. */
export async function signMessage(key: KeyObject, parts: SignedParts, body: Buffer): Promise<string> {
  const signature = await signOnPool(bytesOf(parts, body), key)
  return formatSignatureHeader(NETWORK_KEY_VERSION, signature.toString('base64'))
}

function signOnPool(bytes: Buffer, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    sign('sha256', bytes, key, (error, signature) => (error ? reject(error) : resolve(signature))),
  )
}

/** Verifying is thirty times cheaper than signing: the way to the thread pool would cost more than it saves. */
export function verifyMessage(key: KeyObject, parts: SignedParts, body: Buffer, signatureBase64: string): boolean {
  return verify('sha256', bytesOf(parts, body), key, Buffer.from(signatureBase64, 'base64'))
}

function bytesOf(parts: SignedParts, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(textBeforeBody(parts)), body])
}

/** The network has one pair per client so far. */
const NETWORK_KEY_VERSION = 1
