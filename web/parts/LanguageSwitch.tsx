import { UnstyledButton } from '@mantine/core'
import { LANGUAGES, languages } from '../../rules/languages.ts'
import { language, speak } from '../language.ts'
import classes from './language-switch.module.css'
import { plainTexts as texts } from './plain-texts.ts'

/** Every language by its own name, so that it is found by those who cannot read the page. */
export function LanguageSwitch() {
  return (
    <fieldset className={classes.switch} aria-label={texts.language}>
      {languages.map((name) => (
        <UnstyledButton
          key={name}
          className={classes.language}
          lang={LANGUAGES[name].tag}
          aria-pressed={name === language}
          onClick={() => speak(name)}
        >
          {LANGUAGES[name].title}
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
