/** Builds the server, the console and the docs into dist/, each only when something that it is made from has changed. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { compressFolder } from './compress.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name)

type Part = { name: string; sources: string[]; result: string; build(): Promise<void> }

const PARTS: Part[] = [
  {
    name: 'server',
    sources: ['rules', 'contract', 'server', 'tsconfig.base.json', 'package-lock.json'],
    result: 'dist/server/main.js',
    build: () => run(bin('vite'), ['build', '--config', 'server/vite.config.ts', '--logLevel', 'warn']),
  },
  {
    name: 'console',
    sources: ['rules', 'contract', 'web', 'tsconfig.base.json', 'package-lock.json'],
    result: 'dist/web/index.html',
    build: async () => {
      await run(bin('vite'), ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'])
      await compressFolder(join(ROOT, 'dist/web'))
    },
  },
  {
    name: 'docs',
    sources: ['docs', 'package-lock.json'],
    result: 'dist/docs/index.html',
    build: async () => {
      await run(bin('vitepress'), ['build', 'docs'])
      await compressFolder(join(ROOT, 'dist/docs'))
    },
  },
]

/** Resolves when everything in dist/ fits its sources; says in one line each what it builds. */
export async function buildStale(): Promise<void> {
  await Promise.all(PARTS.map(buildIfStale))
}

async function buildIfStale(part: Part): Promise<void> {
  const stamp = join(ROOT, 'dist', `.${part.name}.stamp`)
  const now = stateOf(part.sources)
  if (existsSync(join(ROOT, part.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  console.log(`Building the ${part.name} …`)
  await part.build()
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  writeFileSync(stamp, now)
}

/** Changes when any file below is added, removed, resized or saved. */
function stateOf(sources: string[]): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesBelow(join(ROOT, source)))) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name !== 'cache' && name !== 'node_modules' && !name.startsWith('.temp'))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} failed:\n${output.trim()}`)),
    )
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href || process.argv[2] === 'build') await buildStale()
