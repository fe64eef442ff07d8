import { UnstyledButton } from '@mantine/core'
import { Icon } from '../../ui/Icon.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { texts } from '../texts.ts'
import classes from './palette-button.module.css'
import { paletteKeys } from './use-keys.ts'

/** The way into the palette for whoever does not know its keys, or has none. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  return (
    <UnstyledButton
      className={classes.button}
      aria-label={texts.openPalette}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onOpen}
    >
      <Icon name="search" />
      <span className={classes.word}>{texts.search}</span>
      <span className={classes.keys}>
        <Keys keys={paletteKeys} />
      </span>
    </UnstyledButton>
  )
}
