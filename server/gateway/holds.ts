/** Answers that are held back on purpose. They hold nothing but the connection, and all end when the server stops. */
import { HELD_ANSWER } from '../../rules/limits.ts'

export type Holds = {
  /** Waits in real time, since callers' time-outs are real. Where too many of this client or of all wait already, not at all. */
  hold(clientId: string, seconds: number): Promise<void>
  /** Ends all of them, and those that would begin later. */
  release(): void
}

export function newHolds(): Holds {
  const held = new Map<() => void, string>()
  let isReleased = false
  return {
    hold(clientId, seconds) {
      const own = [...held.values()].filter((holder) => holder === clientId).length
      if (isReleased || held.size >= HELD_ANSWER.atOnce || own >= HELD_ANSWER.atOnceOfOne) return Promise.resolve()
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          held.delete(end)
          resolve()
        }
        const timer = setTimeout(end, seconds * 1000)
        held.set(end, clientId)
      })
    },
    release() {
      isReleased = true
      for (const end of held.keys()) end()
    },
  }
}
