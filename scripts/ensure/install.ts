import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The full path of a command, or undefined where PATH has none of that name. */
export function findCommand(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      if (statSync(path).isFile()) return path
    } catch {
      // not in this folder
    }
  }
  return undefined
}

/** Whether packages can be installed here: root, on a system with apt-get. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && findCommand('apt-get') !== undefined
}

/** Installs Debian packages and says so in one line. Throws with the tool's own last words when it fails. */
export function installPackages(packages: readonly string[], why: string): void {
  console.log(`Installing ${packages.join(' and ')} (${why}) …`)
  apt(['update'])
  apt(['install', '-y', '--no-install-recommends', ...packages])
}

function apt(args: string[]): void {
  // RUNLEVEL=1 keeps a package from starting its service in a bare root; the throw-away cluster is started by us.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', LC_ALL: 'C' }
  const run = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8', maxBuffer: 64_000_000 })
  if (run.status === 0) return
  const words = `${run.stdout ?? ''}${run.stderr ?? ''}`.trim().split('\n').slice(-8).join('\n')
  throw new Error(`apt-get ${args.join(' ')} failed:\n${words}`)
}
