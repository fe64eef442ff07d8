/** A file that is written in pieces. Its head is known last, and stands first. */
import { REPORTS } from '../../rules/limits.ts'
import { newId } from '../clock.ts'
import type { Ctx } from '../context.ts'
import * as store from './store.ts'

export type Written = { id: string; bytes: number }

/** Nobody sees the pieces until the file itself is stored. */
export function newWriter(ctx: Ctx) {
  const id = newId('rpf')
  let lines: string[] = []
  let chars = 0
  let next = 1
  let bytes = 0

  async function storePart(number: number, text: string): Promise<void> {
    const content = Buffer.from(text, 'utf8')
    bytes += content.length
    await ctx.tx((tx) => store.insertPart(tx, { file_id: id, number, size: content.length, content }))
  }

  async function write(): Promise<void> {
    if (chars === 0) return
    const text = lines.join('')
    lines = []
    chars = 0
    await storePart(next++, text)
  }

  return {
    add(line: string) {
      lines.push(line)
      chars += line.length
    },
    /** Stores what has come together, once it is worth a row. */
    async flush(): Promise<void> {
      if (chars >= REPORTS.partChars) await write()
    },
    /** Stores the rest, and the head before everything. */
    async close(head: string): Promise<Written> {
      await write()
      await storePart(0, head)
      return { id, bytes }
    },
  }
}
