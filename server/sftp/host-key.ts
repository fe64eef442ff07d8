/**
 * The key by which clients know the server: one Ed25519 pair of the center, so that every node presents the same. It is kept like the
 * center's other keys, and written here as OpenSSH does, which is what the SSH library reads (PROTOCOL.key of OpenSSH).
 */
import { centerKeyParts } from '../center-keys/center-keys.ts'
import type { Ctx } from '../context.ts'
import { fingerprintOf } from './log-in-key.ts'

const TYPE = 'ssh-ed25519'

export async function hostKeyOf(ctx: Ctx): Promise<{ fingerprint: string; privateKey(): string }> {
  const { publicPart, privatePart } = await centerKeyParts(ctx, 'sftp')
  const blob = Buffer.concat([text(TYPE), text(publicPart)])
  return { fingerprint: fingerprintOf(blob), privateKey: () => openSshKey(blob, publicPart, privatePart) }
}

function openSshKey(blob: Buffer, publicPart: Buffer, privatePart: Buffer): string {
  const check = number(0) // says only that the right passphrase was given, and there is none
  const secret = [check, check, blob, text(Buffer.concat([privatePart, publicPart])), text('')]
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[text('none'), text('none'), text('')], // neither cipher nor derivation
    number(1),
    text(blob),
    text(padded(Buffer.concat(secret))),
  ])
  const lines = body.toString('base64').match(/.{1,70}/g) ?? []
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

/** Filled up to a multiple of eight with 1, 2, 3 … */
function padded(bytes: Buffer): Buffer {
  const missing = (8 - (bytes.length % 8)) % 8
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, i) => i + 1))])
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A string of SSH: its length, then its bytes. */
function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([number(bytes.length), bytes])
}
