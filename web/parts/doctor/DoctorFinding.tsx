import type { Diagnosis } from '../../../rules/diagnose.ts'
import { type HypothesisId, hypothesisIds, type KeyKind } from '../../../rules/diagnosis.ts'
import type { FixFacts } from '../../../rules/fixes.ts'
import { listed, numberOf } from '../../language.ts'
import { Notice } from '../../ui/Notice.tsx'
import { ByteStrings } from './ByteStrings.tsx'
import classes from './doctor.module.css'
import { FixExample } from './FixExample.tsx'
import { texts } from './texts.ts'
import { hypothesisWords } from './words.ts'

/** What the Doctor has found, on the server or in this page. */
export type Finding = Pick<Diagnosis, 'verdict' | 'named' | 'alike' | 'hash' | 'received' | 'signed' | 'tried'> & {
  /** `version` is 0 for a key that was pasted. */
  key: { kind: KeyKind; version: number; application: string | null } | undefined
}

type Props = { finding: Finding; facts: FixFacts; bodyBytes: number }

export function DoctorFinding({ finding, facts, bodyBytes }: Props) {
  const { verdict, named, received, signed } = finding
  const kinds = [...new Set(named.map((id) => hypothesisWords(id).fix))]
  const shown = kinds.length > 0 ? kinds : verdict === 'key' ? (['key'] as const) : (['string'] as const)
  return (
    <div className="stack">
      <Verdict finding={finding} />
      <ByteStrings received={received} signed={signed} bodyBytes={bodyBytes} />
      {verdict !== 'verifies' && <FixExample kinds={shown} facts={facts} />}
      <Tried finding={finding} />
    </div>
  )
}

function Verdict({ finding }: { finding: Finding }) {
  const { verdict, named, alike, signed } = finding
  const madeWith = <MadeWith finding={finding} />
  if (verdict === 'verifies')
    return (
      <Notice tone="good" title={texts.verifiesTitle} quiet>
        {texts.verifies}
        {madeWith}
      </Notice>
    )
  if (verdict === 'named')
    return (
      <Notice tone="bad" title={named.map((id) => hypothesisWords(id).title).join(' ')} quiet>
        {named.map((id) => (
          <span key={id}>{hypothesisWords(id).what}</span>
        ))}
        <span>{named.length === 1 ? texts.named : texts.named2}</span>
        {alike.length > 0 && (
          <span>
            {texts.alike} {titles(alike.slice(0, 1))}
          </span>
        )}
        {madeWith}
      </Notice>
    )
  const [title, text] = {
    string: [texts.stringTitle(hypothesisIds.length), signed ? texts.stringKnown : texts.string] as const,
    key: [texts.keyTitle, texts.key] as const,
    unreadable: [texts.unreadableTitle, texts.unreadable] as const,
  }[verdict]
  return (
    <Notice tone="wait" title={title} quiet>
      <span>{text}</span>
      {named.length > 0 && (
        <span>
          {texts.certain} {titles(named)}
        </span>
      )}
      {madeWith}
    </Notice>
  )
}

const titles = (ids: readonly HypothesisId[]) => ids.map((id) => hypothesisWords(id).title).join(' ')

function MadeWith({ finding: { key, hash } }: { finding: Finding }) {
  if (!key) return null
  const name = key.version === 0 ? texts.pastedKey : texts.keys[key.kind]
  const parts = [name, key.application, key.version > 0 ? texts.version(key.version) : null].filter(
    (part) => part !== null,
  )
  return (
    <span className="muted small">
      {texts.madeWith}: {listed([parts.join(' '), ...(hash ? [hash] : [])])}
    </span>
  )
}

/** Why there was nothing to try. */
const nothingOf = (id: HypothesisId) => (id.startsWith('key.') ? texts.noSuchKey : texts.nothingToTry)

/** Everything that was tried, folded away: it is there for whoever does not believe. */
function Tried({ finding: { tried, named } }: { finding: Finding }) {
  const total = tried.reduce((sum, { ways }) => sum + ways, 0)
  return (
    <details className={classes.tried}>
      <summary>{texts.tried(numberOf(tried.length), texts.ways(total))}</summary>
      <ol>
        {tried.map(({ id, ways }) => (
          <li key={id}>
            <span>{hypothesisWords(id).title}</span>{' '}
            <span className="muted small">
              {named.includes(id) ? texts.verifiesBy : ways === 0 ? nothingOf(id) : texts.ways(ways)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
