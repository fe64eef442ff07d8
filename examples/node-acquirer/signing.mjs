// The signature scheme. The same shape for all four messages:
//
//     POST <path with query>\n<client id>.<time>.<body>
//
// Sign and verify the bytes of the body exactly as they are sent and received: never parse and serialise them in between.
import { sign, verify } from 'node:crypto'

function bytesToSign({ uri, clientId, time, body }) {
  return Buffer.concat([Buffer.from(`POST ${uri}\n${clientId}.${time}.`), Buffer.from(body)])
}

/** The value of the Signature header. `+`, `/` and `=` of the base64 are percent-encoded. */
export function signatureHeader(message, privateKey) {
  const signature = sign('RSA-SHA256', bytesToSign(message), privateKey).toString('base64')
  return `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature)}`
}

/** Whether the header's signature belongs to the message. Takes the parts in any order; false for anything malformed. */
export function isSigned(message, header, publicKey) {
  const encoded = /(?:^|,)\s*signature=([^,\s]+)/.exec(header ?? '')?.[1]
  if (!encoded) return false
  try {
    const signature = Buffer.from(decodeURIComponent(encoded), 'base64')
    return verify('RSA-SHA256', bytesToSign(message), publicKey, signature)
  } catch {
    return false // not percent-encoding
  }
}
