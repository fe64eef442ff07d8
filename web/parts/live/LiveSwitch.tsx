import { Button } from '@mantine/core'
import { Icon } from '../../ui/Icon.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import classes from './live-switch.module.css'
import { texts } from './texts.ts'

type Props = {
  isPaused: boolean
  isHeld: boolean
  fresh: number
  lost: boolean
  onPause: () => void
  onResume: () => void
  onShow: () => void
}

/** Whether the list follows what happens, and how much has happened since it stood still. */
export function LiveSwitch({ isPaused, isHeld, fresh, lost, onPause, onResume, onShow }: Props) {
  return (
    <div className={classes.switch}>
      {fresh > 0 && (
        <Button size="xs" variant="light" onClick={onShow}>
          {texts.fresh(fresh)}
        </Button>
      )}
      <span role="status">
        <State isPaused={isPaused} isHeld={isHeld} lost={lost} />
      </span>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name={isPaused ? 'play' : 'pause'} size={14} />}
        onClick={isPaused ? onResume : onPause}
      >
        {isPaused ? texts.resume : texts.pause}
      </Button>
    </div>
  )
}

function State({ isPaused, isHeld, lost }: Pick<Props, 'isPaused' | 'isHeld' | 'lost'>) {
  if (lost) return <StateWord tone="bad">{texts.lost}</StateWord>
  if (isPaused) return <StateWord tone="wait">{texts.paused}</StateWord>
  return (
    <StateWord tone="good" icon="play">
      {isHeld ? texts.held : texts.live}
    </StateWord>
  )
}
