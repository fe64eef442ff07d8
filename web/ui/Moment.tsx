const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }

/** A moment in the reader's own zone; the exact one in UTC on hover. Today's moments need no date. */
export function Moment({ at, part = 'both' }: { at: string; part?: 'both' | 'date' }) {
  const date = new Date(at)
  const words = part === 'date' ? date.toLocaleDateString('en-GB', DATE) : dateAndTime(date)
  return (
    <time dateTime={at} title={`${at.replace('T', ' ').replace('Z', '')} UTC`}>
      {words}
    </time>
  )
}

function dateAndTime(date: Date): string {
  const time = date.toLocaleTimeString('en-GB', TIME)
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday ? time : `${date.toLocaleDateString('en-GB', DATE)}, ${time}`
}
