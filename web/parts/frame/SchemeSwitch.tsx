import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { texts } from '../texts.ts'
import classes from './scheme-switch.module.css'

const CHOICES: readonly { value: MantineColorScheme; label: string; icon: IconName }[] = [
  { value: 'light', label: texts.light, icon: 'sun' },
  { value: 'dark', label: texts.dark, icon: 'moon' },
  { value: 'auto', label: texts.auto, icon: 'auto' },
]

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className={classes.switch}>
      <legend>{texts.colourScheme}</legend>
      {CHOICES.map(({ value, label, icon }) => (
        <label key={value}>
          <input
            type="radio"
            name="colour-scheme"
            value={value}
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
          />
          <Icon name={icon} size={15} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
