/** The secret in the link of an application's Test Wallet. */
import { newToken } from '../clock.ts'
import { type Seal, tokenHash } from '../seal.ts'

/** 192 random bits in 32 letters. */
export function newWallet(seal: Seal): { wallet_hash: string; wallet_secret: string } {
  const secret = newToken().slice(0, 32)
  return { wallet_hash: tokenHash(secret), wallet_secret: seal.seal(secret) }
}
