/** The built server as a process of its own: for what only a process can show, such as being killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DatabaseAddress } from '../server/db/database.ts'
import { freePort } from './port.ts'

const MAIN = fileURLToPath(new URL('../dist/server/main.js', import.meta.url))

export type ServerProcess = {
  origin: string
  child: ChildProcess
  /** Milliseconds from exec to the first answer of the ready check. */
  readyMs: number
  output: string[]
  /** What the process was started with: the commands of the same installation need it too. */
  environment: Record<string, string>
  /** Ends at once, without a chance to tidy. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

export type ProcessOptions = {
  database: DatabaseAddress
  smtpUrl: string
  port?: number
  masterKey?: string
  env?: Record<string, string>
  /** What the command line begins with, such as taskset. */
  prefix?: string[]
}

export const newMasterKey = () => randomBytes(32).toString('base64')

export async function startProcess(options: ProcessOptions): Promise<ServerProcess> {
  if (!existsSync(MAIN)) throw new Error('The server is not built: run npm run build.')
  const port = options.port ?? (await freePort())
  const origin = `http://127.0.0.1:${port}`
  const { database } = options
  const env: Record<string, string> = {
    ...(process.env.UV_THREADPOOL_SIZE ? { UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE } : {}),
    PATH: process.env.PATH ?? '',
    SLIPWAY_ORIGIN: origin,
    SLIPWAY_PORT: String(port),
    SLIPWAY_DATA: database.engine === 'sqlite' ? database.file.replace(/\/slipway\.db$/, '') : '/nonexistent',
    SLIPWAY_DATABASE: database.engine === 'postgres' ? database.url : '',
    SLIPWAY_MASTER_KEY: options.masterKey ?? newMasterKey(),
    SLIPWAY_SMTP_URL: options.smtpUrl,
    SLIPWAY_RATE_FACTOR: '1000',
    SLIPWAY_LOG_LEVEL: 'warn',
    ...options.env,
  }
  const [command = process.execPath, ...args] = [...(options.prefix ?? []), process.execPath, MAIN]
  const begun = performance.now()
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  child.stdout.on('data', (data) => output.push(String(data)))
  child.stderr.on('data', (data) => output.push(String(data)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await untilReady(origin, child, output)
  return {
    origin,
    child,
    readyMs: performance.now() - begun,
    output,
    environment: env,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

async function untilReady(origin: string, child: ChildProcess, output: string[]): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output.join('')}`)
    const ready = await fetch(`${origin}/health/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
