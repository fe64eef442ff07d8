import { acknowledgementOf } from '../../rules/acknowledgements.ts'
import { fixLanguages, LANGUAGE_NAMES, programOf } from '../../rules/fixes.ts'
import { page } from './text.ts'

/** How the highlighter calls each language. */
const HIGHLIGHTED = { shell: 'sh', node: 'js', python: 'py', java: 'java', php: 'php', go: 'go' } as const

const FACTS = { origin: 'https://gateway.example', uri: '/aps/api/v1/payments/pay', clientId: 'SANDBOX_YOUR_CLIENT_ID' }

const ANSWER_FACTS = { uri: '/notify?shop=7', clientId: 'SANDBOX_YOUR_CLIENT_ID' }

export function programsPage(): string {
  return page(
    'A signed call in six languages',
    'A whole program each: it reads the body from `order.json` and the private key from `sandbox-private-key.pem`, signs, sends and prints the answer. Our tests run them. The page [iTest](../guide/tools#itest) shows the same programs with your own Client ID and the address of your gateway in them, and a body to save as `order.json`. Python needs the package `cryptography`, PHP the extensions `openssl` and `curl`; the others need nothing besides.',
    ...fixLanguages.map((language) =>
      [`## ${LANGUAGE_NAMES[language]}`, `\`\`\`${HIGHLIGHTED[language]}\n${programOf(language, FACTS)}\n\`\`\``].join(
        '\n\n',
      ),
    ),
    'Then check the answer: see [Signing](../guide/signing).',
    [
      '## The answer to a notification {#acknowledgement}',
      'What [acknowledges](../guide/notifications#acknowledge) a notification, signed and printed. The same pieces, but for the body, the string and the end. The [inbox](../guide/notifications#inbox) shows these programs with the values of the call that it holds.',
      ...fixLanguages.map((language) =>
        [
          `### ${LANGUAGE_NAMES[language]}`,
          `\`\`\`${HIGHLIGHTED[language]}\n${acknowledgementOf(language, ANSWER_FACTS)}\n\`\`\``,
        ].join('\n\n'),
      ),
    ].join('\n\n'),
  )
}
