import classes from './moment.module.css'
import { pageLanguage } from './words.ts'

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
const locale = pageLanguage === 'en' ? 'en-GB' : pageLanguage
/** Made when the first moment is written: making one takes as long as drawing a table. */
const writer = (how: Intl.DateTimeFormatOptions) => {
  let made: Intl.DateTimeFormat | undefined
  return (date: Date) => {
    made ??= new Intl.DateTimeFormat(locale, how)
    return made.format(date)
  }
}
const day = writer(DAY)
const time = writer(TIME)
const dayAndTime = writer({ ...DAY, ...TIME })

type Props = {
  at: string
  /** `full`: with the date whatever day it is, as on paper. */
  part?: 'both' | 'date' | 'full'
  /** Stands in a link or a button, whose focus it shares. */
  within?: boolean
}

/** A moment in the reader's own zone; the exact one in UTC on hover and focus. Today's moments need no date. */
export function Moment({ at, part = 'both', within = false }: Props) {
  const date = new Date(at)
  const utc = `${at.replace('T', ' ').replace('Z', '')} UTC`
  return (
    <time className={classes.moment} dateTime={at} data-utc={utc} {...(!within && { tabIndex: 0 })}>
      {momentText(date, part)}
    </time>
  )
}

function momentText(date: Date, part: Props['part']): string {
  if (part === 'date') return day(date)
  return part !== 'full' && date.toDateString() === new Date().toDateString() ? time(date) : dayAndTime(date)
}
