import { Tabs } from '@mantine/core'
import { useState } from 'react'
import {
  type FixFacts,
  type FixKind,
  type FixLanguage,
  fixLanguages,
  LANGUAGE_NAMES,
  snippetOf,
} from '../../../rules/fixes.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { rememberedLanguage, rememberLanguage } from './fix-language.ts'
import classes from './doctor.module.css'
import { texts } from './texts.ts'
import { fixWords } from './words.ts'

/** How it is done right, as code in the language of the reader. */
export function FixExample({ kinds, facts }: { kinds: readonly FixKind[]; facts: FixFacts }) {
  const [language, setLanguage] = useState(rememberedLanguage)
  const choose = (name: string | null) => {
    const chosen = fixLanguages.find((other) => other === name)
    if (!chosen) return
    rememberLanguage(chosen)
    setLanguage(chosen)
  }
  return (
    <section className="stack-tight" aria-label={texts.fix}>
      <h3>{texts.fix}</h3>
      {kinds.map((kind) => (
        <p key={kind}>{fixWords(kind)}</p>
      ))}
      <Tabs value={language} onChange={choose} keepMounted={false}>
        <Tabs.List aria-label={texts.languageOfFix} className={classes.languages}>
          {fixLanguages.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {LANGUAGE_NAMES[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {fixLanguages.map((name: FixLanguage) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            <CodeBlock
              title={LANGUAGE_NAMES[name]}
              text={kinds.map((kind) => snippetOf(kind, name, facts)).join('\n\n')}
            />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  )
}
