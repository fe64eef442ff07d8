/** A pasted public key as an account of SFTP takes it: one, of a kind that is strong enough. */
import { createHash, createPublicKey } from 'node:crypto'
import { KEY } from '../../rules/limits.ts'
import { Refusal, type RefusalCode } from '../../rules/refusals.ts'

/** `line`: type and base64, without the comment. `fingerprint`: as `ssh-keygen -l` prints it. */
export type LogInKey = { line: string; fingerprint: string }

const KINDS = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa']

export async function parseLogInKey(pasted: string): Promise<LogInKey> {
  const text = pasted.trim()
  if (/PRIVATE KEY/.test(text) || text.startsWith('PuTTY-User-Key-File')) throw refused('sftp.key_private')
  const { default: ssh2 } = await import('ssh2')
  const found = ssh2.utils.parseKey(text)
  const key = Array.isArray(found) ? found[0] : found
  if (key === undefined || key instanceof Error || key.isPrivateKey()) throw refused('sftp.key_unreadable')
  if (!KINDS.includes(key.type) || !isStrong(key.type, key.getPublicPEM())) throw refused('sftp.key_weak')
  const blob = key.getPublicSSH()
  return { line: `${key.type} ${blob.toString('base64')}`, fingerprint: fingerprintOf(blob) }
}

function isStrong(type: string, pem: string): boolean {
  if (type !== 'ssh-rsa') return true
  try {
    const bits = createPublicKey(pem).asymmetricKeyDetails?.modulusLength ?? 0
    return bits >= KEY.minBits && bits <= KEY.maxBits * 2
  } catch {
    return false
  }
}

const refused = (code: RefusalCode) =>
  new Refusal(code, { fields: [{ path: 'publicKey', message: 'is not a key to log in with' }] })

export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}
