/** Answers that are held back on purpose. They hold nothing but the connection, and all end when the server stops. */
import { HELD_ANSWER } from '../../rules/limits.ts'

export type Holds = {
  /** Waits in real time, since callers' time-outs are real. Where too many wait already, not at all. */
  hold(seconds: number): Promise<void>
  /** Ends all of them, and those that would begin later. */
  release(): void
}

export function newHolds(): Holds {
  const held = new Set<() => void>()
  let isReleased = false
  return {
    hold(seconds) {
      if (isReleased || held.size >= HELD_ANSWER.atOnce) return Promise.resolve()
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          held.delete(end)
          resolve()
        }
        const timer = setTimeout(end, seconds * 1000)
        held.add(end)
      })
    },
    release() {
      isReleased = true
      for (const end of held) end()
    },
  }
}
