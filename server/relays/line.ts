/** Who waits in this process: polls for calls, and calls for their answers. A hint, like every word within a process: the rows are the truth. */
import { RELAY } from '../../rules/limits.ts'
import { type Engine, isAlone } from '../db/dialects.ts'
import { newBell } from '../outbox/turns.ts'

export type Bell = {
  /** Waits for a ring, but no longer than this. One that came before is not lost. */
  heard(ms: number): Promise<boolean>
  ring(): void
  takeDown(): void
}

export type Line = {
  hang(key: string): Bell
  ring(key: string): void
  /** How many wait under this key. */
  count(key: string): number
  /** The process ends: nobody waits any longer. */
  close(): void
  isClosed(): boolean
}

export function newLine(): Line {
  const bells = new Map<string, Set<ReturnType<typeof newBell>>>()
  let closed = false
  return {
    hang(key) {
      const bell = newBell()
      const all = bells.get(key) ?? new Set()
      bells.set(key, all.add(bell))
      return {
        ...bell,
        takeDown() {
          all.delete(bell)
          if (all.size === 0 && bells.get(key) === all) bells.delete(key)
        },
      }
    },
    ring(key) {
      for (const bell of bells.get(key) ?? []) bell.ring()
    },
    count: (key) => bells.get(key)?.size ?? 0,
    close() {
      closed = true
      for (const all of bells.values()) for (const bell of all) bell.ring()
    },
    isClosed: () => closed,
  }
}

/** Polls of an application, and the answer to a call. */
export const pollsOf = (applicationId: string) => `polls ${applicationId}`
export const callsOf = (applicationId: string) => `calls ${applicationId}`

/** After so long the rows are looked at without a word: another node may have written them. */
export const lookMs = (engine: Engine) => (isAlone(engine) ? RELAY.aloneLookMs : RELAY.lookMs)
