import { acknowledgementOf } from '../../rules/acknowledgements.ts'
import { fixLanguages, LANGUAGE_NAMES, PROGRAM_FILES, programOf } from '../../rules/fixes.ts'
import { page } from './text.ts'

/** How the highlighter calls each language. */
const HIGHLIGHTED = { shell: 'sh', node: 'js', python: 'py', java: 'java', php: 'php', go: 'go' } as const

const FACTS = {
  origin: 'https://gateway.example',
  uri: '/aps/api/v1/payments/pay',
  clientId: 'SANDBOX_YOUR_CLIENT_ID',
  networkKey: 'THE_PUBLIC_KEY_OF_THE_NETWORK',
}

const ANSWER_FACTS = { uri: '/notify?shop=7', clientId: 'SANDBOX_YOUR_CLIENT_ID' }

export function programsPage(): string {
  return page(
    'A signed call in six languages',
    'A whole program each: it reads the body from `order.json` and the private key from `sandbox-private-key.pem`, signs, sends, prints the answer, and verifies its signature. Our tests run them. The page [iTest](../guide/tools#itest) shows the same programs with your own values in them, and a body to save as `order.json`. Here put in your own: the Client ID and the Gateway Endpoint of the sandbox settings, and the public key of the network from there, of which only the base64 between its first and last line is wanted, as one line. Python needs the package `cryptography`, PHP the extensions `openssl` and `curl`; the others need nothing besides.',
    ...fixLanguages.map((language) =>
      [
        `## ${LANGUAGE_NAMES[language]}`,
        `Save it as \`${PROGRAM_FILES[language].file}\`, and run \`${PROGRAM_FILES[language].command}\`.`,
        `\`\`\`${HIGHLIGHTED[language]}\n${programOf(language, FACTS)}\n\`\`\``,
      ].join('\n\n'),
    ),
    'An answer that does not verify is to be believed in nothing: see [Signing](../guide/signing#unsigned-answers).',
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
