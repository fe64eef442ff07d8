/** The thread that reads one file and ends. Whatever the file does to it, the server goes on. */
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../rules/refusals.ts'
import { readFile } from './read.ts'
import type { Answer } from './thread.ts'

const { name, bytes } = workerData as { name: string; bytes: Uint8Array } // as thread.ts sends it

parentPort?.postMessage(answer())

function answer(): Answer {
  try {
    return { sheet: readFile(name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) }
  } catch (error) {
    if (error instanceof Refusal) return { refused: { code: error.code, details: error.details } }
    throw error
  }
}
