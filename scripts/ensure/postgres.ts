/**
 * A PostgreSQL for the tests: the server that SLIPWAY_TEST_POSTGRES names, or a throw-away cluster that lives as long as the run.
 * The cluster is made by Debian's pg_virtualenv, as root and as an ordinary user alike.
 */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/port.ts'
import { canInstall, findCommand, installPackages } from './install.ts'

/** Runs something with the URL of a server where databases may be created, and removes the server afterwards if it was ours. */
export async function withPostgres<T>(run: (url: string) => Promise<T>): Promise<T> {
  const named = process.env.SLIPWAY_TEST_POSTGRES
  if (named) {
    if (!/^postgres(ql)?:\/\//.test(named)) throw new Error('SLIPWAY_TEST_POSTGRES must be a postgres:// URL.')
    return run(named)
  }
  ensureCluster()
  const cluster = await startCluster()
  try {
    return await run(cluster.url)
  } finally {
    await cluster.stop()
  }
}

function ensureCluster(): void {
  if (hasCluster()) return
  if (canInstall()) installPackages(['postgresql-common', 'postgresql'], 'for the tests on PostgreSQL')
  if (hasCluster()) return
  throw new Error(
    'The tests on PostgreSQL need a server. Install one (Debian: apt-get install postgresql-common postgresql), ' +
      'or name one in SLIPWAY_TEST_POSTGRES as a postgres:// URL whose user may create databases.',
  )
}

/** pg_virtualenv comes without a server; both must be there. */
function hasCluster(): boolean {
  return findCommand('pg_virtualenv') !== undefined && serverVersions().length > 0
}

function serverVersions(): string[] {
  try {
    return readdirSync('/usr/lib/postgresql').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

type Cluster = { url: string; stop: () => Promise<void> }

/**
 * Keeps pg_virtualenv alive around a shell that waits for the end of its input: it ends when we close the pipe, and also when we
 * are killed, so that no cluster is ever left behind. What it prints goes to a file, not to a pipe: a broken pipe would stop its
 * tidying half way.
 */
async function startCluster(): Promise<Cluster> {
  const port = await freePort()
  const shell = 'printf "%s %s\\n" "$PGUSER" "$PGPASSWORD" >&3; exec cat >/dev/null'
  // -t: a folder of its own, also as root. UTF-8 is named because a bare root has no locale. `localhost` may not resolve there.
  // The blank before the address makes Debian's tool quote it; without one it takes the address for a number.
  const options = ['-t', '-c', '--locale=C.UTF-8 --encoding=UTF8', '-o', 'listen_addresses= 127.0.0.1']
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  // Left to itself the tool takes the first port that looks free, and two runs at once take the same.
  const env = { ...Object.fromEntries(inherited), PGPORT: String(port) }
  const log = openNamelessFile()
  // detached: an interrupt at the terminal reaches us first, and we close the pipe.
  const child = spawn('pg_virtualenv', [...options, 'sh', '-c', shell], {
    stdio: ['pipe', log, log, 'pipe'],
    env,
    detached: true,
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  child.stdin?.on('error', () => {}) // the shell is gone already; `ended` tells
  return new Promise((resolve, reject) => {
    child.stdio[3]?.once('data', (line: Buffer) => {
      const [user = '', password = ''] = line.toString().trim().split(' ')
      resolve({
        url: `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
        stop: () => {
          child.stdin?.end()
          return ended
        },
      })
    })
    child.once('error', reject)
    child.once('close', (status) => {
      reject(new Error(`pg_virtualenv ended with status ${status}:\n${readLog(log)}`)) // nothing to reject once it has served
      closeSync(log)
    })
  })
}

function openNamelessFile(): number {
  const path = join(tmpdir(), `slipway-postgres-${process.pid}.log`)
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  return file
}

function readLog(file: number): string {
  const bytes = Buffer.alloc(10_000)
  return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0)).trim()
}
