/** A black and white picture as PNG: what every mail program shows, which cannot be said of SVG. */
import { crc32, deflateSync } from 'node:zlib'

/** Each row a list of cells, true for black; each cell becomes a square of `scale` pixels. */
export function pngOf(rows: readonly (readonly boolean[])[], scale: number): Buffer {
  const width = (rows[0]?.length ?? 0) * scale
  const lines = rows.flatMap((row) => Array<Buffer>(scale).fill(scanline(row, scale)))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header(width, rows.length * scale)),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** One bit for each pixel, grey. */
function header(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(width, 0)
  bytes.writeUInt32BE(height, 4)
  bytes.writeUInt8(1, 8)
  return bytes
}

/** No filter, then the pixels, eight to a byte; a set bit is white. */
function scanline(row: readonly boolean[], scale: number): Buffer {
  const pixels = row.flatMap((isBlack) => Array<boolean>(scale).fill(isBlack))
  const line = Buffer.alloc(1 + Math.ceil(pixels.length / 8))
  for (const [at, isBlack] of pixels.entries()) {
    const byte = 1 + (at >> 3)
    if (!isBlack) line[byte] = (line[byte] ?? 0) | (0x80 >> (at & 7))
  }
  return line
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([frame, body, check])
}
