/**
 * Reads entries of a ZIP archive in memory (APPNOTE 6.3): stored or deflated, nothing else. Sizes are those of the central directory,
 * and an entry that unpacks to more than it says is refused before it is there. Names are looked up, never used as paths.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import { UPLOAD } from '../../../rules/limits.ts'
import { unreadable } from './sheet.ts'

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535

type Entry = { method: number; crc: number; packed: number; unpacked: number; at: number }

export type Archive = {
  has(name: string): boolean
  /** The bytes of an entry; undefined where there is none of that name. */
  read(name: string): Buffer | undefined
}

const damaged = (message: string) => unreadable('upload.damaged', 'file', message)
const tooMuch = (message: string) => unreadable('upload.too_much', 'file', message)

export function openZip(bytes: Buffer): Archive {
  const entries = readDirectory(bytes)
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read(name) {
      const entry = entries.get(name.toLowerCase())
      return entry && unpack(bytes, entry)
    },
  }
}

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  const at = bytes.readUInt32LE(end + 16)
  if (count > UPLOAD.entries) throw tooMuch(`holds more than ${UPLOAD.entries} entries`)
  if (at > end) throw damaged('its directory lies outside of it')
  const entries = new Map<string, Entry>()
  let unpacked = 0
  let next = at
  for (let i = 0; i < count; i++) {
    if (next + 46 > end || bytes.readUInt32LE(next) !== CENTRAL) throw damaged('its directory is broken')
    const nameLength = bytes.readUInt16LE(next + 28)
    const name = bytes.toString('utf8', next + 46, next + 46 + nameLength)
    const entry = entryAt(bytes, next)
    unpacked += entry.unpacked
    if (unpacked > UPLOAD.unpackedBytes) throw tooMuch(`unpacks to more than ${UPLOAD.unpackedBytes / 1_000_000} MB`)
    if (entries.has(name.toLowerCase())) throw damaged('holds two entries of one name')
    entries.set(name.toLowerCase(), entry)
    next += 46 + nameLength + bytes.readUInt16LE(next + 30) + bytes.readUInt16LE(next + 32)
  }
  if (unpacked > bytes.length * UPLOAD.ratio) throw tooMuch(`unpacks to more than ${UPLOAD.ratio} times its size`)
  return entries
}

/** The record at the end, in front of a comment of any length. */
function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT)
  for (let at = bytes.length - END_BYTES; at >= first; at--) {
    if (bytes.readUInt32LE(at) === END && at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  throw damaged('its end is missing')
}

function entryAt(bytes: Buffer, at: number): Entry {
  if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw unreadable('upload.old_workbook', 'file', 'is encrypted')
  const entry = {
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    unpacked: bytes.readUInt32LE(at + 24),
    at: bytes.readUInt32LE(at + 42),
  }
  if (entry.method !== 0 && entry.method !== 8) throw damaged('is packed in an unknown way')
  return entry
}

function unpack(bytes: Buffer, { method, crc, packed, unpacked, at }: Entry): Buffer {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw damaged('an entry is missing')
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  if (from + packed > bytes.length) throw damaged('an entry is cut off')
  const body = bytes.subarray(from, from + packed)
  const content = method === 0 ? body : inflate(body, unpacked)
  if (content.length !== unpacked || crc32(content) !== crc) throw damaged('an entry does not fit its checksum')
  return content
}

function inflate(body: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw tooLarge ? tooMuch('an entry unpacks to more than it says') : damaged('an entry cannot be unpacked')
  }
}

// ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** An archive of small texts, stored as they are. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    const common = commonHeader(Buffer.byteLength(name), content)
    const local = Buffer.concat([uint32(LOCAL), common, Buffer.from(name), content])
    directory.push(
      Buffer.concat([uint32(CENTRAL), uint16(20), common, Buffer.alloc(10), uint32(at), Buffer.from(name)]),
    )
    bodies.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const count = uint16(directory.length)
  const end = Buffer.concat([uint32(END), uint32(0), count, count, uint32(central.length), uint32(at), uint16(0)])
  return Buffer.concat([...bodies, central, end])
}

/** What both headers of an entry have in common: 26 bytes. The date is 1980-01-01, so that equal content makes equal files. */
function commonHeader(nameLength: number, content: Buffer): Buffer {
  const size = uint32(content.length)
  return Buffer.concat([
    uint16(20),
    uint16(0x0800),
    uint16(0),
    uint16(0),
    uint16(0x21),
    uint32(crc32(content)),
    size,
    size,
    uint16(nameLength),
    uint16(0),
  ])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
