/** What a code says, read off its text alone. */
import type { WalletKey } from './store.ts'

/** The order behind the address of its page. */
export function orderKeyIn(code: string, origin: string): WalletKey | undefined {
  const [, paymentId, secret] = /^\/wallet\/pay\/(\d{32})\/([A-Za-z0-9_-]{22})$/.exec(pathBelow(code, origin)) ?? []
  return paymentId && secret ? { paymentId, secret } : undefined
}

const pathBelow = (code: string, origin: string) => (code.startsWith(origin) ? code.slice(origin.length) : '')

/** A page of our own is no shop: neither the console nor another wallet is opened by a code. */
export function isWebPage(code: string, origin: string): boolean {
  if (!URL.canParse(code)) return false
  const url = new URL(code)
  return /^https?:$/.test(url.protocol) && url.origin !== origin && url.username === '' && url.password === ''
}
