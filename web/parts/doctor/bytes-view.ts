/** Bytes as people read them: what does not print is made visible, and every byte has its place. */

export const PER_ROW = 8

/** Signs that every font has: line feed, carriage return, tab, blank. */
const VISIBLE: Record<number, string> = { 9: '→', 10: '↵', 13: '←', 32: '·' }

/** One character for each byte. */
const charOf = (byte: number): string => VISIBLE[byte] ?? (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '¤')

const hexOf = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')

/** `0A ↵`; where the bytes have ended, nothing. */
export const byteName = (byte: number | undefined): string | undefined =>
  byte === undefined ? undefined : `${hexOf(byte)} ${charOf(byte)}`

export type Row = { at: number; hex: string; chars: string }

/** The rows that hold the bytes from one place to another. Both ends are rounded to whole rows. */
export function rowsOf(bytes: Uint8Array, from: number, to: number): Row[] {
  const rows: Row[] = []
  for (let at = Math.max(0, from - (from % PER_ROW)); at < Math.min(to, bytes.length); at += PER_ROW) {
    const part = Array.from(bytes.subarray(at, at + PER_ROW))
    rows.push({ at, hex: part.map(hexOf).join(' '), chars: part.map(charOf).join('') })
  }
  return rows
}

/** Text around a place: before it, the character at it, after it. What does not print is visible; what is no UTF-8 is shown as �. */
export function excerptOf(
  bytes: Uint8Array,
  at: number,
  around: number,
): { before: string; here: string; after: string } {
  const [start, end] = [startOfChar(bytes, at), Math.min(bytes.length, endOfChar(bytes, at))]
  const from = startOfChar(bytes, Math.max(0, start - around))
  const to = endOfChar(bytes, Math.min(bytes.length, end + around) - 1)
  return {
    before: (from > 0 ? '…' : '') + visible(bytes.subarray(from, start)),
    here: visible(bytes.subarray(start, end)),
    after: visible(bytes.subarray(end, Math.max(end, to))) + (to < bytes.length ? '…' : ''),
  }
}

const isInside = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80

function startOfChar(bytes: Uint8Array, at: number): number {
  let start = at
  while (start > 0 && start > at - 3 && isInside(bytes[start])) start--
  return start
}

function endOfChar(bytes: Uint8Array, at: number): number {
  let end = at + 1
  while (end < bytes.length && end < at + 4 && isInside(bytes[end])) end++
  return end
}

const visible = (bytes: Uint8Array) =>
  new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(bytes)
    .replaceAll('\r', '←')
    .replaceAll('\n', '↵')
    .replaceAll('\t', '→')
    .replaceAll('\uFEFF', '[BOM]')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must become visible
    .replace(/[\0-\x1F\x7F-\x9F\u200B-\u200F\u2028-\u202E\u2060-\u2069]/g, (char) => `[U+${hex4(char)}]`)

const hex4 = (char: string) => char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
