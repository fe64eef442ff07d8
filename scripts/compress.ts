import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const gz = promisify(gzip)

const SMALLEST = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGBLOCK]: 16 }

/** Writes a .br and a .gz beside every text file that is worth it; the server sends them to browsers that ask. */
export async function compressFolder(folder: string): Promise<void> {
  await Promise.all(textFilesBelow(folder).map(compress))
}

async function compress(file: string): Promise<void> {
  const bytes = readFileSync(file)
  if (bytes.length < 256) return
  writeFileSync(`${file}.br`, await brotli(bytes, { params: SMALLEST }))
  writeFileSync(`${file}.gz`, await gz(bytes, { level: 9 }))
}

function textFilesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return textFilesBelow(path)
    return /\.(html|js|css|svg|json|md|txt)$/.test(name) ? [path] : []
  })
}
