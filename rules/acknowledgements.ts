/**
 * The answer that acknowledges a notification, as a program in each language: it signs the answer as a server would, and prints it. What is
 * the same as in a call (fixes.ts) stands there; here is what differs. Run by acknowledgements.test.ts where the language is at hand.
 */
import { filled, type FixLanguage, type Piece, PROGRAMS, pieces } from './fixes.ts'

export type AnswerFacts = { uri: string; clientId: string }

/** A whole program. It reads the private key from `sandbox-private-key.pem` and prints status line, headers and body. */
export function acknowledgementOf(language: FixLanguage, facts: AnswerFacts): string {
  const program = { ...PROGRAMS[language], ...ANSWERS[language] }
  const shown = pieces.filter((piece) => piece !== 'check')
  return filled(shown.map((piece) => program[piece]).join('\n'), { origin: '', ...facts })
}

const BODY = '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}'

/** Names of headers do not mind their case; in answers they are written small. */
const answer = (client: string, time: string, signature: string, body: string, newLine = '\n') =>
  [
    'HTTP/1.1 200 OK',
    'Content-Type: application/json; charset=UTF-8',
    `client-id: ${client}`,
    `response-time: ${time}`,
    `signature: ${signature}`,
    '',
    body,
  ].join(newLine)

const ANSWERS: Record<FixLanguage, Partial<Record<Piece, string>>> = {
  shell: {
    body: `body='${BODY}'`,
    text: 'printf \'POST %s\\n%s.%s.%s\' "$uri" "$client" "$time" "$body" > text',
    send: `cat <<END
${answer('$client', '$time', 'algorithm=RSA256,keyVersion=1,signature=$encoded', '$body')}
END`,
  },
  node: {
    begin: "import { readFileSync } from 'node:fs'\nimport { sign } from 'node:crypto'",
    body: `const body = Buffer.from('${BODY}') // once: these bytes are signed and sent`,
    send: `console.log(\`${answer('$' + '{clientId}', '$' + '{time}', '$' + '{header}', '$' + '{body}')}\`)`,
  },
  python: {
    begin: `import base64, datetime, urllib.parse
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding`,
    body: `body = b'${BODY}'  # once: these bytes are signed and sent`,
    send: `print(f"""${answer('{client_id}', '{time}', '{header}', '{body.decode()}')}""")`,
  },
  java: {
    begin: `import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

public class Answer {
public static void main(String[] args) throws Exception {
String json = "${BODY.replaceAll('"', '\\"')}";`,
    send: `System.out.println("${answer('" + clientId + "', '" + time + "', '" + header + "', '" + json + "', '\\n" + "')}");
}
}`,
  },
  php: {
    begin: '<?php',
    body: `$body = '${BODY}'; // once: these bytes are signed and sent`,
    send: `echo "${answer('$clientId', '$time', '$header', '$body')}\\n";`,
  },
  go: {
    begin: `package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net/url"
	"os"
	"time"
)

func main() {`,
    body: `	body := []byte(\`${BODY}\`) // once: these bytes are signed and sent`,
    send: `	fmt.Printf(\`${answer('%s', '%s', '%s', '%s')}
\`, clientID, now, header, body)
}`,
  },
}
