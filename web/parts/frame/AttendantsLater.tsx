import { type ComponentType, Suspense, useEffect, useState } from 'react'
import { once } from '../../once.ts'

const RETRY_MS = 5000
const load = once(() => import('./Attendants.tsx'))

/** Fetches the attendants after the page: nothing happens before it is there. */
export function AttendantsLater() {
  const [Attendants, setAttendants] = useState<ComponentType>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const fetchThem = () =>
      void load().then(
        (module) => setAttendants(() => module.Attendants),
        () => {
          timer = setTimeout(fetchThem, RETRY_MS)
        },
      )
    fetchThem()
    return () => clearTimeout(timer)
  }, [])
  return <Suspense fallback={null}>{Attendants && <Attendants />}</Suspense>
}
