/** Where a run writes what it needs for a while. The runners of tests call it before all tests, and what it returns after them. */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** What the databases and browsers of a run may take, and as much again. */
const ENOUGH_BYTES = 4e9

/** Everything that asks for a temporary folder gets one within this run's own, in memory where there is enough. */
// biome-ignore lint/style/noDefaultExport: it is what the runners call
export default function setUp(): () => void {
  return ownFolder(hasRoom(MEMORY) ? MEMORY : tmpdir())
}

export function ownFolder(within: string): () => void {
  const folder = mkdtempSync(join(within, 'slipway-run-'))
  chmodSync(folder, 0o711) // PostgreSQL runs as a user of its own, and has to get to its own folder
  process.env.TMPDIR = folder // for the processes that it starts too
  return () => rmSync(folder, { recursive: true, force: true })
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > ENOUGH_BYTES
  } catch {
    return false
  }
}
