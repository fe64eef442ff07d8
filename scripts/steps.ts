/** Runs the steps of a check one after the other, tells how long each took, and stops at the first that fails. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export type Step = { name: string; run(): Promise<number> }

export async function runSteps(steps: readonly Step[]): Promise<number> {
  for (const { name, run } of steps) {
    const begun = performance.now()
    console.log(`\n── ${name}`)
    const status = await run()
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`)
    if (status !== 0) return status
  }
  return 0
}

/** A tool of ours, from node_modules/.bin, with its output shown as it comes. */
export function tool(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return command(`${ROOT}node_modules/.bin/${name}`, args, env)
}

export function command(path: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(path, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(String(error))
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Several tools at once; fails if one does. */
export async function together(runs: readonly Promise<number>[]): Promise<number> {
  return Math.max(...(await Promise.all(runs)))
}
