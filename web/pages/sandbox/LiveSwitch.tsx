import { Button } from '@mantine/core'
import { Icon } from '../../ui/Icon.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

type Props = { isPaused: boolean; fresh: number; lost: boolean; onPause: () => void; onResume: () => void }

/** Whether the list follows what happens, and how much has happened since it was stopped. */
export function LiveSwitch({ isPaused, fresh, lost, onPause, onResume }: Props) {
  return (
    <div className="row">
      <span role="status">
        {lost && <StateWord tone="bad">{texts.lost}</StateWord>}
        {!lost && !isPaused && (
          <StateWord tone="good" icon="play">
            {texts.live}
          </StateWord>
        )}
        {!lost && isPaused && <StateWord tone="wait">{fresh > 0 ? texts.fresh(fresh) : texts.paused}</StateWord>}
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
