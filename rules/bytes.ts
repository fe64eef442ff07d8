/** Bytes, and the few functions on them that Node and browsers share: what reads a signature runs in both. */

export type Bytes = Uint8Array<ArrayBuffer>

/** Undefined in a browser where the page is not secure. */
export type Subtle = {
  digest(hash: string, bytes: Bytes): Promise<ArrayBuffer>
  importKey(format: 'spki', bytes: Bytes, kind: object, extractable: boolean, uses: readonly string[]): Promise<WebKey>
  exportKey(format: 'jwk', key: WebKey): Promise<{ n?: string; e?: string }>
  verify(kind: object, key: WebKey, signature: Bytes, bytes: Bytes): Promise<boolean>
}
/** A key of the platform: nothing of it can be read but through its own functions. */
type WebKey = { readonly type: string }

type Encoder = {
  encode(text: string): Bytes
  encodeInto(text: string, into: Bytes): { written: number }
}

const web = globalThis as unknown as {
  crypto?: { subtle?: Subtle }
  TextEncoder: new () => Encoder
  TextDecoder: new (
    label: string,
    options: { fatal: boolean; ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string }
  atob(text: string): string
  btoa(text: string): string
} // both platforms have them; the libraries that would say so have far more besides

export const hasSubtle = () => web.crypto?.subtle !== undefined

export function subtle(): Subtle {
  if (!web.crypto?.subtle) throw new Error('Keys are open to secure pages only.')
  return web.crypto.subtle
}

export const utf8 = (text: string): Bytes => new web.TextEncoder().encode(text)

/** Bytes that are written when they are asked for: `most` of them, up to the place that `write` hands back; nothing if it does not. */
export type Written = { most: number; write(into: Bytes, start: number): number | undefined }

/** A head and a body, one behind the other; text in UTF-8. */
export type TwoParts = { head: string; body: Bytes | string | Written }

/**
 * Writes one after the other into the same memory, because fresh memory costs more than hashing what is written there. What it hands
 * back holds until it writes again.
 */
export function rewriter(): (parts: TwoParts) => Bytes | undefined {
  const encoder = new web.TextEncoder()
  let room: Bytes = new Uint8Array(0)
  return ({ head, body }) => {
    const written = writtenOf(body, encoder)
    const needed = 3 * head.length + written.most
    if (needed > room.length) room = new Uint8Array(needed)
    const end = written.write(room, encoder.encodeInto(head, room).written)
    return end === undefined ? undefined : room.subarray(0, end)
  }
}

function writtenOf(body: TwoParts['body'], encoder: Encoder): Written {
  if (typeof body === 'string') {
    const write = (into: Bytes, start: number) => start + encoder.encodeInto(body, into.subarray(start)).written
    return { most: 3 * body.length, write } // UTF-8 takes three bytes at most for each unit of a string
  }
  if (!(body instanceof Uint8Array)) return body
  const write = (into: Bytes, start: number) => {
    into.set(body, start)
    return start + body.length
  }
  return { most: body.length, write }
}

/** Undefined where the bytes are not UTF-8. A byte-order mark stays. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new web.TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function latin1(text: string): Bytes {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Undefined where the text is not base64. Missing padding is no fault. */
export function fromBase64(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  try {
    return latin1(web.atob(text.replace(/=+$/, '')))
  } catch {
    return undefined
  }
}

export const toBase64 = (bytes: Uint8Array): string => web.btoa(textInLatin1(bytes))

/** Each byte as one character. */
function textInLatin1(bytes: Uint8Array): string {
  const pieces: string[] = []
  // At once would be more arguments than a call may have.
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return pieces.join('')
}

export const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export function fromHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && firstDifference(a, b) === undefined
}

/** The first place at which they differ; where one ends within the other, that end. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const most = Math.min(a.length, b.length)
  for (let at = 0; at < most; at++) if (a[at] !== b[at]) return at
  return a.length === b.length ? undefined : most
}
