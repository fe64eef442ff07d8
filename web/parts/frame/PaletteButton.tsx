import { UnstyledButton } from '@mantine/core'
import { Icon } from '../../ui/Icon.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { texts } from '../texts.ts'
import classes from './palette-button.module.css'
import { paletteKeys } from './use-keys.ts'

/** The way into the palette for whoever does not know its keys, or has none. The keys stand beside what it is called, not in it. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <span className={classes.box}>
      <UnstyledButton
        className={classes.button}
        aria-label={texts.openPalette}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={onOpen}
      >
        <Icon name="search" />
        <span className={classes.word}>{texts.search}</span>
      </UnstyledButton>
      <span className={classes.keys} aria-hidden="true">
        <Keys keys={paletteKeys} />
      </span>
    </span>
  )
}
