import { useState } from 'react'

export type Item = { id: string }

/**
 * A list that follows what happens, and stands still while `isHeld`: nobody's row moves away under the pointer. What came meanwhile is
 * counted, and shown on demand. Another `key` is another list, and is shown at once.
 */
export function useHeld<T extends { items: readonly Item[] }>(latest: T, isHeld: boolean, key: string) {
  const [kept, setKept] = useState({ key, list: latest })
  const isCurrent = kept.list === latest && kept.key === key
  if (!isCurrent && (!isHeld || kept.key !== key)) setKept({ key, list: latest })
  const list = isHeld && kept.key === key ? kept.list : latest
  const known = new Set(list.items.map(({ id }) => id))
  const fresh = latest.items.filter(({ id }) => !known.has(id)).length
  return { list, fresh, showLatest: () => setKept({ key, list: latest }) }
}
