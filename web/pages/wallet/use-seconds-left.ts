import { useEffect, useState } from 'react'

/** Whole seconds from `now` to `end`, counted down in front of the reader. Both are by the server's clock; ours only counts. */
export function useSecondsLeft(end: string, now: string): number {
  const milliseconds = Date.parse(end) - Date.parse(now)
  const [left, setLeft] = useState(Math.ceil(milliseconds / 1000))
  useEffect(() => {
    const over = performance.now() + milliseconds
    const count = () => setLeft(Math.max(0, Math.ceil((over - performance.now()) / 1000)))
    count()
    const timer = setInterval(count, 250)
    return () => clearInterval(timer)
  }, [milliseconds])
  return left
}
