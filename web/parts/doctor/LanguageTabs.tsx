import { Tabs } from '@mantine/core'
import { useState } from 'react'
import { type FixLanguage, fixLanguages, LANGUAGE_NAMES } from '../../../rules/fixes.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { rememberedLanguage, rememberLanguage } from './fix-language.ts'
import classes from './doctor.module.css'
import { texts } from './texts.ts'

type Props = { codeIn: (language: FixLanguage) => string; noteIn?: (language: FixLanguage) => string }

/** The same in six languages; the reader's is remembered. */
export function LanguageTabs({ codeIn, noteIn }: Props) {
  const [language, setLanguage] = useState(rememberedLanguage)
  const choose = (name: string | null) => {
    const chosen = fixLanguages.find((other) => other === name)
    if (!chosen) return
    rememberLanguage(chosen)
    setLanguage(chosen)
  }
  return (
    <Tabs value={language} onChange={choose} keepMounted={false}>
      <Tabs.List aria-label={texts.languageOfFix} className={classes.languages}>
        {fixLanguages.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {LANGUAGE_NAMES[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {fixLanguages.map((name) => (
        <Tabs.Panel key={name} value={name} pt="sm">
          <CodeBlock title={LANGUAGE_NAMES[name]} text={codeIn(name)} {...(noteIn && { note: noteIn(name) })} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
