import type { LaunchRequestView } from '../../../contract/launch.ts'
import type { LaunchState } from '../../../rules/launch.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { gateWords, launchStateTitle } from './words.ts'
import { productTitles } from '../../words.ts'
import classes from './launch.module.css'
import { texts } from './texts.ts'

const TONES = { in_review: 'info', waiting_for_partner: 'wait', confirmed: 'good', withdrawn: 'plain' } as const

export const LaunchStateWord = ({ state }: { state: LaunchState }) => (
  <StateWord tone={TONES[state]}>{launchStateTitle(state)}</StateWord>
)

/** Days and hours, or hours and minutes: nobody needs more of a clock that runs for days. */
export function spanOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return texts.span(Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60)
}

/** Whose turn a request is, since when, and what each side has needed so far. */
export function RequestFacts({ request }: { request: Omit<LaunchRequestView, 'remarks'> }) {
  const { state, stateSince, place, filedAt, filedBy, products, settledBy, centerSeconds, partnerSeconds } = request
  return (
    <KeyValues
      items={[
        {
          name: texts.state,
          value: (
            <span className="row">
              <LaunchStateWord state={state} /> {texts.since} <Moment at={stateSince} />
            </span>
          ),
        },
        ...(place === null ? [] : [{ name: texts.place, value: String(place) }]),
        { name: texts.products, value: productTitles(products) },
        {
          name: texts.filed,
          value: (
            <>
              <Moment at={filedAt} /> {texts.by} {filedBy}
            </>
          ),
        },
        ...(settledBy === null ? [] : [{ name: texts.settledBy, value: settledBy }]),
        { name: texts.centerClock, value: spanOf(centerSeconds) },
        { name: texts.partnerClock, value: spanOf(partnerSeconds) },
      ]}
    />
  )
}

/** What the network asked to be mended, the newest round first. */
export function Remarks({ remarks, isWaiting }: { remarks: LaunchRequestView['remarks']; isWaiting: boolean }) {
  const newest = Math.max(0, ...remarks.map(({ round }) => round))
  return (
    <ul className={classes.remarks} aria-label={texts.remarks}>
      {remarks.toReversed().map(({ round, item, text, at, by }) => (
        <li key={`${round} ${item} ${text}`} data-newest={isWaiting && round === newest}>
          <div className={classes.title}>{gateWords(item).title}</div>
          <p className="break">{text}</p>
          <span className="muted small">
            {texts.round(round)}, {by}, <Moment at={at} />
          </span>
        </li>
      ))}
    </ul>
  )
}
