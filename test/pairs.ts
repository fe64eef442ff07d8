/**
 * RSA pairs for tests. One takes up to half a second to make, so they are made once and kept beside the dependencies: every test file
 * begins with the first of them, and none has the same one twice.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { plant } from './secrets.ts'

const FOLDER = fileURLToPath(new URL('../node_modules/.cache/slipway-test-pairs', import.meta.url))
let given = 0

export function nextPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  const privateKey = createPrivateKey(kept(`${FOLDER}/${given++}.pem`))
  // A stretch out of the middle: the beginning is the same for every key.
  plant('private key', privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64').slice(400, 460))
  return { publicKey: createPublicKey(privateKey), privateKey }
}

function kept(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return make(file)
  }
}

/** Written beside and moved: another test file may be reading. */
function make(file: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  mkdirSync(FOLDER, { recursive: true })
  const beside = `${file}.${randomUUID()}`
  writeFileSync(beside, pem, { mode: 0o600 })
  renameSync(beside, file)
  return pem
}
