/** RSA with SHA-256 over the bytes of a message, as rules/signature.ts lays them out. */
import { type KeyObject, sign, verify } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { formatSignatureHeader, type SignedParts, textBeforeBody } from '../../rules/signature.ts'

/**
 * Signing takes most of a request's time, so another core does it where there is one. On a single core the way to the thread pool only
 * costs: the answers come back one by one, and fewer of them share a commit.
 */
export async function signMessage(key: KeyObject, parts: SignedParts, body: Buffer): Promise<string> {
  const bytes = bytesOf(parts, body)
  const signature = hasSpareCore ? await signOnPool(bytes, key) : sign('sha256', bytes, key)
  return formatSignatureHeader(NETWORK_KEY_VERSION, signature.toString('base64'))
}

const hasSpareCore = availableParallelism() > 1

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
