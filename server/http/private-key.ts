/** A private key that somebody pasted into the wrong field must not be stored, logged or even parsed. */
import { holdsPrivateKey, PRIVATE_KEY_SIGNS } from '../../rules/private-key.ts'

/** Bytes are searched first: the pattern is asked only where one of its signs stands. */
export function bytesHoldPrivateKey(bytes: Buffer): boolean {
  return PRIVATE_KEY_SIGNS.some((sign) => bytes.includes(sign)) && holdsPrivateKey(bytes.toString('latin1'))
}

/** An address, as it stands and decoded. */
export function addressHoldsPrivateKey(url: string): boolean {
  return holdsPrivateKey(url) || holdsPrivateKey(decoded(url.replaceAll('+', ' ')))
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
