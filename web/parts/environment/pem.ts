/** Base64 as PEM, in lines of 64 as every tool expects. */
export function toPem(kind: 'PUBLIC KEY' | 'PRIVATE KEY', base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n')
}

/**
 * Says whether a pasted text is a private key, so that it never leaves the browser. PEM and JWK name themselves; bare DER begins with
 * the version number 0, in PKCS#1 as in PKCS#8, where a public key has the modulus or the algorithm.
 */
export function looksPrivate(text: string): boolean {
  if (/PRIVATE\s+KEY/i.test(text)) return true
  if (/"d"\s*:/.test(text)) return true
  const bytes = decoded(text.replace(/-----[^-]*-----/g, '').replace(/\s/g, ''))
  if (bytes === undefined || bytes[0] !== 0x30) return false
  const length = bytes[1] ?? 0
  const at = 2 + (length >= 0x80 ? length - 0x80 : 0)
  return bytes[at] === 0x02 && bytes[at + 1] === 1 && bytes[at + 2] === 0
}

function decoded(base64: string): Uint8Array | undefined {
  // The head says it all; a text cut short must be recognised too.
  const head = base64.slice(0, 64).replace(/-/g, '+').replace(/_/g, '/')
  try {
    return Uint8Array.from(atob(head.slice(0, head.length - (head.length % 4))), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
