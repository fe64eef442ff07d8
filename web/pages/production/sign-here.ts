/** Signs a text in the browser with a private key from a file. The key is read here, used once, and kept nowhere. */

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** Browsers offer signatures to secure pages only. */
export const canSignHere = () => window.isSecureContext && crypto.subtle !== undefined

/** Base64 of the signature; undefined where the file is no private key in PKCS#8. */
export async function signHere(file: File, text: string): Promise<string | undefined> {
  const body = /-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----/.exec(await file.text())?.[1]
  if (body === undefined) return undefined
  try {
    const der = Uint8Array.from(atob(body.replace(/\s/g, '')), (char) => char.charCodeAt(0))
    const key = await crypto.subtle.importKey('pkcs8', der, RSA, false, ['sign'])
    const signature = await crypto.subtle.sign(RSA.name, key, new TextEncoder().encode(text))
    return btoa(String.fromCharCode(...new Uint8Array(signature)))
  } catch {
    return undefined // not base64, or a key of another kind
  }
}
