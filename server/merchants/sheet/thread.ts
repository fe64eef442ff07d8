/** Reads files in threads of their own, bounded in number, memory and time. */
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { UPLOAD } from '../../../rules/limits.ts'
import { Refusal, type RefusalCode, type RefusalDetails } from '../../../rules/refusals.ts'
import { type Sheet, unreadable } from './sheet.ts'

export type Answer = { sheet: Sheet } | { refused: { code: RefusalCode; details: RefusalDetails } }

export type SheetReader = { read(name: string, bytes: Uint8Array): Promise<Sheet> }

/** One for each process: it owns the queue in front of the threads. */
export function newSheetReader(): SheetReader {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    async read(name, bytes) {
      if (running >= UPLOAD.atOnce) {
        if (waiting.length >= UPLOAD.waiting) throw new Refusal('server.busy', { retryAfterSeconds: 5 })
        // Whoever ends hands its place on, so `running` stays as it is.
        await new Promise<void>((resolve) => waiting.push(resolve))
      } else running++
      try {
        return await readInThread(name, bytes)
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}

function readInThread(name: string, bytes: Uint8Array): Promise<Sheet> {
  // A copy that the thread gets for itself: the original belongs to the request.
  const own = new Uint8Array(bytes)
  const worker = new Worker(workerFile(), {
    workerData: { name, bytes: own },
    transferList: [own.buffer],
    resourceLimits: { maxOldGenerationSizeMb: UPLOAD.memoryMegabytes, maxYoungGenerationSizeMb: 16 },
    env: {},
    stdout: true,
    stderr: true,
    execArgv: [],
  })
  return new Promise<Sheet>((resolve, reject) => {
    const seconds = UPLOAD.readMs / 1000
    const tooMuch = (message: string) => unreadable('upload.too_much', 'file', message)
    const timer = setTimeout(() => reject(tooMuch(`cannot be read within ${seconds} seconds`)), UPLOAD.readMs)
    worker.once('message', (answer: Answer) => {
      if ('sheet' in answer) resolve(answer.sheet)
      else reject(new Refusal(answer.refused.code, answer.refused.details))
    })
    worker.once('error', (error) => {
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(isMemory ? tooMuch(`needs more than ${UPLOAD.memoryMegabytes} MB to be read`) : error)
    })
    worker.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The thread that reads a file ended with ${code} and no answer.`))
    })
  }).finally(() => void worker.terminate())
}

/** Beside the built server; or, where it runs from its sources, through a loader. */
function workerFile(): string {
  const here = fileURLToPath(import.meta.url)
  const built = here.lastIndexOf('/dist/server/')
  if (built !== -1) return `${here.slice(0, built)}/dist/server/sheet-worker.js`
  return fileURLToPath(new URL('./worker-source.mjs', import.meta.url))
}
