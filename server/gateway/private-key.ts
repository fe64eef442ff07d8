/** A call that holds a private key, without what holds it. */
import { holdsPrivateKey } from '../../rules/private-key.ts'
import { addressHoldsPrivateKey, bytesHoldPrivateKey } from '../http/private-key.ts'
import type { Received } from './evidence.ts'

/** No header is as long as a key, but the line that a key begins with is short. */
const SHORTEST = 24

/** The same value where there is none. */
export function withoutPrivateKey(received: Received): Received {
  const { uri, rawHeaders, body } = received
  const isInAddress = uri.length >= SHORTEST && addressHoldsPrivateKey(uri)
  const isInHeader = (text: string) => text.length >= SHORTEST && holdsPrivateKey(text)
  if (!isInAddress && !bytesHoldPrivateKey(body) && !rawHeaders.some(isInHeader)) return received
  return {
    ...received,
    uri: isInAddress ? '/' : (uri.split('?')[0] ?? ''),
    rawHeaders: rawHeaders.map((text) => (isInHeader(text) ? '***' : text)),
    body: Buffer.alloc(0),
  }
}
