import { toPem } from './pem.ts'

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const

/** Browsers offer keys to secure pages only. */
export const canMakePair = () => window.isSecureContext && crypto.subtle !== undefined

/** Makes a pair, saves the private key to disk and forgets it; hands back the public one. */
export async function makePair(fileName: string): Promise<string> {
  const pair = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  save(fileName, toPem('PRIVATE KEY', base64(await crypto.subtle.exportKey('pkcs8', pair.privateKey))))
  return toPem('PUBLIC KEY', base64(await crypto.subtle.exportKey('spki', pair.publicKey)))
}

const base64 = (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))

function save(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // At once would be too soon for some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
