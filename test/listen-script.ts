/** The script that partners run beside their server, as a process of its own. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { plant } from './secrets.ts'

const SCRIPT = fileURLToPath(new URL('../web/public/relay/slipway-listen.mjs', import.meta.url))

export type ListenScript = {
  /** What it has written, both streams together. */
  output(): string
  kill(signal: 'SIGKILL' | 'SIGINT'): void
  /** The exit code; null after a SIGKILL. */
  ended: Promise<number | null>
}

export function startScript(options: { center: string; token: string; forward: string }): ListenScript {
  plant('token of a relay', options.token)
  const { center, token, forward } = options
  const child = spawn(process.execPath, [SCRIPT, '--center', center, '--forward', forward], {
    env: { PATH: process.env.PATH ?? '', SLIPWAY_RELAY_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(String(data)))
  return {
    output: () => output.join(''),
    kill: (signal) => void child.kill(signal),
    ended: new Promise((resolve) => child.once('close', resolve)),
  }
}
