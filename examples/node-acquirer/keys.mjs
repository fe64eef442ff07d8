// Our RSA key pair. The private key stays here; the public key is what you set on the application's sandbox settings page.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const defaultFile = fileURLToPath(new URL('./keys/private.pem', import.meta.url))

/** Reads the private key, and makes the pair on the first run. A file that you name yourself must exist. */
export function loadPrivateKey(file = process.env.PRIVATE_KEY_FILE) {
  const path = file ?? defaultFile
  if (file === undefined && !existsSync(path)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  return createPrivateKey(readFileSync(path))
}

/** Our public key as the settings page takes it: base64 of the SubjectPublicKeyInfo, without PEM lines. */
export function publicKeyText(privateKey) {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
}

/** The network's public key: PEM, as the settings page shows it, or only the base64 between its lines. */
export function readPublicKey(text) {
  const base64 = text.replace(/-----[A-Z ]+-----|\s/g, '')
  return createPublicKey({ key: Buffer.from(base64, 'base64'), type: 'spki', format: 'der' })
}

// `node keys.mjs` prints the public key to set.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  console.log(publicKeyText(loadPrivateKey()))
