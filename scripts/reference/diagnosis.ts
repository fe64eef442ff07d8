import { HYPOTHESES, type HypothesisId, hypothesisIds } from '../../rules/diagnosis.ts'
import { FIXES, type FixKind, fixKinds, fixLanguages, LANGUAGE_NAMES, snippetOf } from '../../rules/fixes.ts'
import { page } from './text.ts'

const FIX_TITLES: Record<FixKind, string> = {
  body: 'The body',
  method: 'The method',
  uri: 'Path and query',
  client: 'The Client ID',
  time: 'The time',
  string: 'The string as a whole',
  key: 'The key',
  algorithm: 'The algorithm',
  encoding: 'The encoding of the signature',
}

const SAMPLE = {
  origin: 'https://sandbox.example',
  uri: '/aps/api/v1/payments/pay',
  clientId: 'SANDBOX_5YC47N2ZQHJ004124',
}

const LANGUAGES_OF_CODE = { shell: 'sh', node: 'js', python: 'python', java: 'java', php: 'php', go: 'go' } as const

/** Names of HTML and angle brackets are text here. */
const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\\', '\\\\')

const anchorOf = (id: string) => id.replace(/[._]/g, '-')

export function diagnosisPage(): string {
  const of = (kind: FixKind) => hypothesisIds.filter((id) => HYPOTHESES[id].fix === kind)
  return page(
    'What the Signature Doctor knows',
    `${hypothesisIds.length} ways in which a signature goes wrong, in groups of what is to be mended. Only what makes the signature verify is named. How it works: [Why a signature is refused](../guide/refused-signature).`,
    ...fixKinds.flatMap((kind) => [
      `## ${FIX_TITLES[kind]} {#fix-${kind}}`,
      FIXES[kind][0],
      ...of(kind).map((id: HypothesisId) => {
        const { title, what } = HYPOTHESES[id]
        return `### ${id} {#${anchorOf(id)}}\n\n**${plain(title)}** ${plain(what)}`
      }),
      '::: code-group',
      ...fixLanguages.map(
        (language) =>
          `\`\`\`${LANGUAGES_OF_CODE[language]} [${LANGUAGE_NAMES[language]}]\n${snippetOf(kind, language, SAMPLE)}\n\`\`\``,
      ),
      ':::',
    ]),
  )
}
