/** The network's logo: read once at the start, told by its content and not by its name. */
import { readFileSync } from 'node:fs'
import { LOGO_BYTES } from '../rules/limits.ts'

export type Logo = { type: string; body: Buffer }

/** The logo, or what is wrong with the file. */
export function readLogo(file: string): Logo | string {
  let body: Buffer
  try {
    body = readFileSync(file)
  } catch {
    return `there is no file ${file}`
  }
  if (body.length > LOGO_BYTES) return `${file} has ${body.length} bytes; at most ${LOGO_BYTES}`
  const type = typeOf(body)
  return type === undefined ? `${file} is neither SVG, PNG nor WebP` : { type, body }
}

function typeOf(body: Buffer): string | undefined {
  if (body.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png'
  if (body.subarray(0, 4).equals(Buffer.from('RIFF')) && body.subarray(8, 12).equals(Buffer.from('WEBP')))
    return 'image/webp'
  // What may stand before the picture: a declaration, comments, space.
  const text = body.toString('utf8').replace(/<!--[\s\S]*?-->/g, '')
  return /^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(text) ? 'image/svg+xml' : undefined
}
