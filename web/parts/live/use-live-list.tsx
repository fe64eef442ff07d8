import { useState } from 'react'
import { LiveSwitch } from './LiveSwitch.tsx'
import { type Item, useHeld } from './use-held.ts'

type Polled<T> = { data: T; lost: boolean }

/**
 * A list that follows what happens, and stands still while somebody pauses it, reads in it, or has opened one of its rows. Another `key`
 * is another list. `onReading` is for the panel around it, `live` the switch that says how it stands.
 */
export function useLiveList<T extends { items: readonly Item[] }>(
  { data, lost }: Polled<T>,
  key: string,
  isOpened = false,
) {
  const [isPaused, setPaused] = useState(false)
  const [isInList, setInList] = useState(false)
  const isHeld = isPaused || isInList || isOpened
  const { list, fresh, showLatest } = useHeld(data, isHeld, key)
  const live = (
    <LiveSwitch
      isPaused={isPaused}
      isHeld={isHeld}
      fresh={fresh}
      lost={lost}
      onPause={() => setPaused(true)}
      onResume={() => setPaused(false)}
      onShow={showLatest}
    />
  )
  return { list, onReading: setInList, live }
}
