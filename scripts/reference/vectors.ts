import vectors from '../../test/vectors/signature.json' with { type: 'json' }
import { page } from './text.ts'

export function vectorsPage(): string {
  const shown = (text: string) => text.replace(/\n$/, '⏎')
  return page(
    'Signature vectors',
    'Messages with their signatures, to test your own code against. The keys were made for these vectors and are used nowhere else. The same vectors as JSON, with the bodies in base64: `test/vectors/signature.json` of the source.',
    'How the bytes are put together: [Signing](../guide/signing).',
    '## Check one with openssl',
    'Save the public key as `key.pem` (between `-----BEGIN PUBLIC KEY-----` and `-----END PUBLIC KEY-----`), the body as `body` without a line feed at its end, and the value after `signature=` as `signature.txt`. Then, for the vector *request*:',
    "```sh\n{ printf 'POST /aps/api/v1/payments/pay\\nSANDBOX_5YC47N2ZQHJ004124.2026-11-23T08:51:49.090Z.'; cat body; } > signed\nsed 's/%2B/+/g; s,%2F,/,g; s/%3D/=/g' signature.txt | tr -d '\\n' | openssl base64 -d -A > signature\nopenssl dgst -sha256 -verify key.pem -signature signature signed\n```",
    '## Keys',
    ...Object.entries(vectors.keys).flatMap(([name, key]) => [
      `### Public key of the ${name}`,
      `\`\`\`text\n${key.publicKey}\n\`\`\``,
    ]),
    ...(['verified', 'refused'] as const).flatMap((expect) => [
      expect === 'verified' ? '## Vectors that verify' : '## Vectors that must be refused',
      ...vectors.vectors
        .filter((vector) => vector.expect === expect)
        .flatMap((vector) => [
          `### ${vector.id}`,
          `${vector.about} Key of the ${vector.key}.`,
          'What stands before the body:',
          `\`\`\`text\n${vector.method} ${vector.uri}\n${vector.clientId}.${vector.time}.\n\`\`\``,
          vector.body === '' ? 'The body is empty.' : 'Body:',
          ...(vector.body === '' ? [] : [`\`\`\`text\n${shown(vector.body)}\n\`\`\``]),
          'Signature header:',
          `\`\`\`text\n${vector.header}\n\`\`\``,
        ]),
    ]),
  )
}
