import { Icon, type IconName } from './Icon.tsx'
import classes from './state-word.module.css'

type Tone = 'good' | 'bad' | 'wait' | 'info' | 'plain'
const ICONS: Record<Tone, IconName> = { good: 'check', bad: 'close', wait: 'clock', info: 'play', plain: 'minus' }

/** A state as icon, word and colour: any one of the three is enough to read it. */
export function StateWord({ tone, children, icon }: { tone: Tone; children: string; icon?: IconName }) {
  return (
    <span className={classes.state} data-tone={tone}>
      <Icon name={icon ?? ICONS[tone]} size={13} />
      {children}
    </span>
  )
}
