/** Taking turns within one process: so much of one lane at a time, the rest of it in order. */

/** Rung when something has happened. A ring that nobody waits for is not lost. */
export function newBell() {
  let isRung = false
  let wake: (() => void) | undefined
  return {
    ring(): void {
      isRung = true
      wake?.()
    },
    /** Waits for a ring, but no longer than this. Says whether there was one. */
    async heard(ms: number): Promise<boolean> {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = undefined
      }
      const was = isRung
      isRung = false
      return was
    },
  }
}

/** `start` must not reject; `onEnd` is told after each. */
export function newTurns<T extends { lane: string }>(
  limitOf: (lane: string) => number,
  start: (one: T) => Promise<void>,
  onEnd: () => void,
) {
  const lanes = new Map<string, { running: number; waiting: T[] }>()
  let taken = 0

  function begin(lane: string): void {
    const state = lanes.get(lane)
    if (!state) return
    while (state.running < limitOf(lane)) {
      const one = state.waiting.shift()
      if (!one) break
      state.running++
      void start(one).finally(() => {
        state.running--
        taken--
        begin(lane)
        onEnd()
      })
    }
    if (state.running === 0) lanes.delete(lane)
  }

  return {
    add(one: T): void {
      const state = lanes.get(one.lane) ?? { running: 0, waiting: [] }
      lanes.set(one.lane, state)
      state.waiting.push(one)
      taken++
      begin(one.lane)
    },
    /** Those that have not begun never will. */
    drop(): void {
      for (const state of lanes.values()) {
        taken -= state.waiting.length
        state.waiting.length = 0
      }
    },
    /** Under way or waiting for their turn. */
    taken: () => taken,
  }
}
