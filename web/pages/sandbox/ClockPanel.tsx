import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { forwardSandboxClock, type SandboxView } from '../../../contract/applications.ts'
import { SANDBOX_CLOCK } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import { formats } from '../../language.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import classes from './clock.module.css'
import { texts } from './texts.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SPANS = { minutes: 10 * MINUTE, day: DAY, year: 365 * DAY } as const
const UNITS = { minutes: MINUTE, hours: HOUR, days: DAY } as const
const spans = Object.keys(SPANS) as (keyof typeof SPANS)[] // keys of a constant
const units = Object.keys(UNITS) as (keyof typeof UNITS)[] // keys of a constant

/** The two largest parts are enough to know how far away something is. */
function spanText(seconds: number): string {
  const parts = [
    [texts.days, Math.floor(seconds / DAY)],
    [texts.hours, Math.floor((seconds % DAY) / HOUR)],
    [texts.minutes, Math.floor((seconds % HOUR) / MINUTE)],
  ] as const
  const said = parts.flatMap(([word, count]) => (count > 0 ? [word(count)] : [])).slice(0, 2)
  return said.join(' ') || texts.minutes(0)
}

/** What time it is in the sandbox, and the ways to move it on. It never goes back, so each is asked about once more. */
export function ClockPanel({ applicationId, clock }: { applicationId: string; clock: SandboxView['clock'] }) {
  const [asked, setAsked] = useState<number>()
  const move = useSend(forwardSandboxClock, () => toast(texts.clockMoved))
  const isAhead = clock.offsetSeconds > 0
  const then = (seconds: number) =>
    new Date(Date.now() + (clock.offsetSeconds + seconds) * 1000).toLocaleString(formats, {
      dateStyle: 'long',
      timeStyle: 'short',
    })
  return (
    <Panel title={texts.clock} lead={texts.clockLead} id="clock">
      <div className="stack">
        {move.error && <ProblemNotice problem={move.error.problem} />}
        <div className={classes.now}>
          <span className="muted">{texts.clockNow}</span>
          <strong>
            <Moment at={clock.now} />
          </strong>
          <StateWord tone={isAhead ? 'wait' : 'plain'}>
            {isAhead ? texts.clockAhead(spanText(clock.offsetSeconds)) : texts.clockReal}
          </StateWord>
        </div>
        <div className="row">
          <span className="small muted">{texts.clockForward}</span>
          {spans.map((name) => (
            <MayButton
              key={name}
              needs="sandbox.develop"
              variant="default"
              size="xs"
              onClick={() => setAsked(SPANS[name])}
            >
              {texts.spans[name]}
            </MayButton>
          ))}
        </div>
        <OwnSpan onChosen={setAsked} />
      </div>
      {asked !== undefined && (
        <ConfirmDialog
          title={texts.clockTitle(spanText(asked))}
          text={texts.clockText(then(asked))}
          confirm={texts.clockMove}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={() => move.mutate({ params: { applicationId }, body: { forwardSeconds: asked } })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Panel>
  )
}

function OwnSpan({ onChosen }: { onChosen: (seconds: number) => void }) {
  const [amount, setAmount] = useState('')
  const [unit, setUnit] = useState<keyof typeof UNITS>('hours')
  const [isWrong, setWrong] = useState(false)
  const seconds = /^\d{1,6}$/.test(amount.trim()) ? Number(amount) * UNITS[unit] : 0
  return (
    <form
      className={classes.own}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const fits = seconds > 0 && seconds <= SANDBOX_CLOCK.forwardSecondsMax
        setWrong(!fits)
        if (fits) onChosen(seconds)
      }}
    >
      <TextInput
        label={texts.spanAmount}
        inputMode="numeric"
        size="xs"
        w={110}
        value={amount}
        error={isWrong && texts.spanFault(SANDBOX_CLOCK.forwardSecondsMax / DAY)}
        onChange={(event) => {
          setAmount(event.currentTarget.value)
          setWrong(false)
        }}
      />
      <NativeSelect
        label={texts.spanUnit}
        size="xs"
        data={units.map((name) => ({ value: name, label: texts.units[name] }))}
        value={unit}
        onChange={(event) => setUnit(units.find((name) => name === event.currentTarget.value) ?? 'hours')}
      />
      <Button type="submit" variant="default" size="xs">
        {texts.spanOwn}
      </Button>
    </form>
  )
}
