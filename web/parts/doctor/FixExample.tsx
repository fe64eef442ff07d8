import { type FixFacts, type FixKind, snippetOf } from '../../../rules/fixes.ts'
import { LanguageTabs } from './LanguageTabs.tsx'
import { texts } from './texts.ts'
import { fixWords } from './words.ts'

/** How it is done right, as code in the language of the reader. */
export function FixExample({ kinds, facts }: { kinds: readonly FixKind[]; facts: FixFacts }) {
  return (
    <section className="stack-tight" aria-label={texts.fix}>
      <h3>{texts.fix}</h3>
      {kinds.map((kind) => (
        <p key={kind}>{fixWords(kind)}</p>
      ))}
      <LanguageTabs codeIn={(language) => kinds.map((kind) => snippetOf(kind, language, facts)).join('\n\n')} />
    </section>
  )
}
