import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { me, sessionTimes } from '../../../contract/accounts.ts'
import { poll, useLive, useSend } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { texts } from '../texts.ts'

/** So often the end of the session is asked; less than the time for which it is told. */
const ASK_MS = 20_000

/** Says that the session is about to end, while there is still something that can be done about it. */
export function SessionWatch() {
  const { data } = useLive(ASK_MS, sessionTimes)
  const [hidden, setHidden] = useState<string>()
  const idle = Date.parse(data.idleEndsAt)
  const absolute = Date.parse(data.absoluteEndsAt)
  const endsAt = Math.min(idle, absolute)
  const left = useSecondsTo(endsAt, data.warnSeconds)
  const stay = useSend(me)
  const isOver = left === 0
  // What comes back leads to the log-in page. A clock that is ahead must not keep the session alive by asking.
  useEffect(() => {
    if (isOver) void poll(sessionTimes).catch(() => undefined)
  }, [isOver])
  if (left === undefined || isOver || hidden === String(endsAt)) return null
  const canStay = idle < absolute
  return (
    <Dialog title={texts.sessionEnds} closeLabel={texts.close} onClose={() => setHidden(String(endsAt))}>
      <div className="stack">
        <p role="timer">{texts.sessionEndsIn(clockOf(left))}</p>
        <p className="muted">{canStay ? texts.sessionIdle : texts.sessionAbsolute}</p>
        <div className="row">
          <Button
            loading={stay.isPending}
            onClick={() => (canStay ? stay.mutate({}) : setHidden(String(endsAt)))}
            data-autofocus
          >
            {canStay ? texts.stay : texts.close}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Whole seconds to a moment, once they are few; undefined before. */
function useSecondsTo(at: number, few: number): number | undefined {
  const [now, setNow] = useState(Date.now)
  const left = Math.max(0, Math.ceil((at - now) / 1000))
  useEffect(() => {
    // Asleep until the last minutes, then every second.
    const wait = Math.max(1000, at - few * 1000 - Date.now())
    const timer = setTimeout(() => setNow(Date.now()), left === 0 ? 60_000 : wait)
    return () => clearTimeout(timer)
  }, [at, few, left])
  return left <= few ? left : undefined
}
