/**
 * How it is done right, in the language of the reader: one program for each, in pieces. A fix shows the pieces that matter to it; all
 * of them, one behind the other, sign and send a call and verify its answer (fixes.test.ts runs those whose language is at hand). The
 * answer goes to standard output, the verdict on its signature to standard error.
 */

export const fixLanguages = ['shell', 'node', 'python', 'java', 'php', 'go'] as const
export type FixLanguage = (typeof fixLanguages)[number]
export const LANGUAGE_NAMES: Record<FixLanguage, string> = {
  shell: 'Shell',
  node: 'Node',
  python: 'Python',
  java: 'Java',
  php: 'PHP',
  go: 'Go',
}

export const pieces = [
  'begin',
  'body',
  'uri',
  'client',
  'time',
  'key',
  'text',
  'sign',
  'header',
  'send',
  'check',
] as const
export type Piece = (typeof pieces)[number]

export const fixKinds = ['body', 'method', 'uri', 'client', 'time', 'string', 'key', 'algorithm', 'encoding'] as const
export type FixKind = (typeof fixKinds)[number]

/** What to do, as one sentence, and the pieces that show it. */
export const FIXES: Record<FixKind, readonly [sentence: string, ...shown: Piece[]]> = {
  body: ['Make the bytes of the body once; sign them, and send the very same bytes.', 'body', 'text', 'send'],
  method: ['Sign the method that is sent, in capitals: POST.', 'text', 'send'],
  uri: [
    'Sign the path as it is sent, from the first slash on, with its query, without scheme and host.',
    'uri',
    'text',
    'send',
  ],
  client: ['Take the Client ID from one variable, for the header and for the string.', 'client', 'text', 'send'],
  time: [
    'Read the clock once, write it as text once, and use this text for the header and for the string.',
    'time',
    'text',
    'send',
  ],
  string: ['Put the string together exactly so: a blank, a line feed, two full stops.', 'text'],
  key: ['Sign with the private half of the active key of this application and environment.', 'key', 'sign'],
  algorithm: ['Sign the string itself by RSA PKCS#1 v1.5 with SHA-256; do not hash it first.', 'sign'],
  encoding: ['Encode the signature as base64 in one line, and percent-encode this once.', 'sign', 'header'],
}

export type FixFacts = { origin: string; uri: string; clientId: string }
/** `networkKey`: base64, as the API gives it. `keyFile`: what the private key is called on the reader's disk. */
export type ProgramFacts = FixFacts & { networkKey: string; keyFile?: string }
const KEY_FILE = 'sandbox-private-key.pem'

/** How a program is saved, and how it is run. */
export const PROGRAM_FILES: Record<FixLanguage, { file: string; command: string }> = {
  shell: { file: 'call.sh', command: 'sh call.sh' },
  node: { file: 'call.mjs', command: 'node call.mjs' },
  python: { file: 'call.py', command: 'python3 call.py' },
  java: { file: 'Call.java', command: 'java Call.java' },
  php: { file: 'call.php', command: 'php call.php' },
  go: { file: 'call.go', command: 'go run call.go' },
}

/** The pieces of one fix, with the values of the call in them. */
export function snippetOf(kind: FixKind, language: FixLanguage, facts: FixFacts): string {
  const [, ...shown] = FIXES[kind]
  return filled(shown.map((piece) => PROGRAMS[language][piece]).join('\n'), facts)
}

export function programOf(language: FixLanguage, facts: ProgramFacts): string {
  return filled(pieces.map((piece) => PROGRAMS[language][piece]).join('\n'), facts)
}

/** Values of a call stand within quotes of six languages: what would end one of them is left out. */
export function filled(text: string, facts: FixFacts & Partial<ProgramFacts>): string {
  const values = { networkKey: '', keyFile: KEY_FILE, ...facts }
  const plain = (value: string) => value.replace(/[^\w\-.~/?=&%:,+@;!*]/g, '')
  return text.replace(/\[\[(origin|uri|clientId|networkKey|keyFile)\]\]/g, (_, name: keyof typeof values) =>
    plain(values[name]),
  )
}

export const PROGRAMS: Record<FixLanguage, Record<Piece, string>> = {
  shell: {
    begin: '#!/bin/sh\nset -e',
    body: '# order.json holds the body; --data-binary sends its bytes unchanged.',
    uri: "uri='[[uri]]'",
    client: "client='[[clientId]]'",
    time: 'time=$(date -u +%Y-%m-%dT%H:%M:%SZ)',
    key: "key='[[keyFile]]'",
    text: '{ printf \'POST %s\\n%s.%s.\' "$uri" "$client" "$time"; cat order.json; } > text',
    sign: 'openssl dgst -sha256 -sign "$key" -out signature text\nsignature=$(openssl base64 -A -in signature)',
    header: 'encoded=$(printf %s "$signature" | sed \'s/+/%2B/g; s|/|%2F|g; s/=/%3D/g\')',
    send: `curl -s "[[origin]]$uri" --data-binary @order.json --dump-header headers --output answer \\
  -H "Content-Type: application/json; charset=UTF-8" -H "Client-Id: $client" -H "Request-Time: $time" \\
  -H "Signature: algorithm=RSA256,keyVersion=1,signature=$encoded"
cat answer; echo`,
    check: String.raw`# Believe the answer only if the network's key verifies it.
{ echo '-----BEGIN PUBLIC KEY-----'; echo '[[networkKey]]' | fold -w 64; echo '-----END PUBLIC KEY-----'; } > network.pem
header() { tr -d '\r' < headers | grep -i "^$1:" | sed 's/^[^:]*: *//'; }
{ printf 'POST %s\n%s.%s.' "$uri" "$(header client-id)" "$(header response-time)"; cat answer; } > text
header signature | sed 's/.*signature=//; s/%2[Bb]/+/g; s|%2[Ff]|/|g; s/%3[Dd]/=/g' | openssl base64 -d -A > signature
openssl dgst -sha256 -verify network.pem -signature signature text >&2`,
  },
  node: {
    begin:
      "import { readFileSync } from 'node:fs'\nimport { createPublicKey, sign, verify } from 'node:crypto'\nconst order = JSON.parse(readFileSync('order.json', 'utf8'))",
    body: 'const body = Buffer.from(JSON.stringify(order)) // once: these bytes are signed and sent',
    uri: "const uri = '[[uri]]' // path and query",
    client: "const clientId = '[[clientId]]'",
    time: 'const time = new Date().toISOString() // once: for the header and the string',
    key: "const key = readFileSync('[[keyFile]]')",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of another program
    text: 'const text = Buffer.concat([Buffer.from(`POST ${uri}\\n${clientId}.${time}.`), body])',
    sign: "const signature = sign('sha256', text, key).toString('base64')",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of another program
    header: 'const header = `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature)}`',
    send: `const headers = {
  'Content-Type': 'application/json; charset=UTF-8',
  'Client-Id': clientId,
  'Request-Time': time,
  Signature: header,
}
const response = await fetch('[[origin]]' + uri, { method: 'POST', headers, body })
const answer = Buffer.from(await response.arrayBuffer())
console.log(String(answer))`,
    check: `// Believe the answer only if the network's key verifies it.
const networkKey = createPublicKey({ key: Buffer.from('[[networkKey]]', 'base64'), format: 'der', type: 'spki' })
const received = (name) => response.headers.get(name) ?? ''
const head = \`POST \${uri}\\n\${received('client-id')}.\${received('response-time')}.\`
const encoded = received('signature').replace(/.*signature=/, '')
const isTrue = verify('sha256', Buffer.concat([Buffer.from(head), answer]), networkKey, Buffer.from(decodeURIComponent(encoded), 'base64'))
if (!isTrue) throw new Error('The signature of the answer does not verify.')
console.error('The signature of the answer verifies.')`,
  },
  python: {
    begin: `import base64, datetime, json, sys, urllib.parse, urllib.request
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
order = json.load(open("order.json", encoding="utf-8"))`,
    body: 'body = json.dumps(order).encode("utf-8")  # once; give these bytes to the HTTP library, not the dictionary',
    uri: 'uri = "[[uri]]"  # path and query',
    client: 'client_id = "[[clientId]]"',
    time: 'time = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")  # once',
    key: 'key = serialization.load_pem_private_key(open("[[keyFile]]", "rb").read(), None)',
    text: 'text = f"POST {uri}\\n{client_id}.{time}.".encode() + body',
    sign: 'signature = base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()',
    header: 'header = "algorithm=RSA256,keyVersion=1,signature=" + urllib.parse.quote(signature, safe="")',
    send: `headers = {
    "Content-Type": "application/json; charset=UTF-8",
    "Client-Id": client_id,
    "Request-Time": time,
    "Signature": header,
}
call = urllib.request.Request("[[origin]]" + uri, data=body, headers=headers, method="POST")
response = urllib.request.urlopen(call)
answer = response.read()
print(answer.decode())`,
    check: `# Believe the answer only if the network's key verifies it; verify() raises InvalidSignature.
network_key = serialization.load_der_public_key(base64.b64decode("[[networkKey]]"))
received = response.headers
head = f"POST {uri}\\n{received['client-id']}.{received['response-time']}.".encode()
encoded = (received["signature"] or "").split("signature=")[-1]
said = base64.b64decode(urllib.parse.unquote(encoded))
network_key.verify(said, head + answer, padding.PKCS1v15(), hashes.SHA256())
print("The signature of the answer verifies.", file=sys.stderr)`,
  },
  java: {
    begin: `import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

public class Call {
public static void main(String[] args) throws Exception {
String json = Files.readString(Path.of("order.json"));`,
    body: 'byte[] body = json.getBytes(StandardCharsets.UTF_8); // once: these bytes are signed and sent',
    uri: 'String uri = "[[uri]]"; // path and query',
    client: 'String clientId = "[[clientId]]";',
    time: 'String time = java.time.Instant.now().toString(); // once: for the header and the string',
    key: `String pem = Files.readString(Path.of("[[keyFile]]")).replaceAll("-----[^-]+-----|\\\\s", "");
PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));`,
    text: 'byte[] head = ("POST " + uri + "\\n" + clientId + "." + time + ".").getBytes(StandardCharsets.UTF_8);',
    sign: `Signature signer = Signature.getInstance("SHA256withRSA");
signer.initSign(key);
signer.update(head);
signer.update(body);
String signature = Base64.getEncoder().encodeToString(signer.sign());`,
    header:
      'String header = "algorithm=RSA256,keyVersion=1,signature=" + URLEncoder.encode(signature, StandardCharsets.UTF_8);',
    send: `HttpRequest call = HttpRequest.newBuilder(URI.create("[[origin]]" + uri))
    .header("Content-Type", "application/json; charset=UTF-8").header("Client-Id", clientId)
    .header("Request-Time", time).header("Signature", header)
    .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofByteArray());
System.out.println(new String(answer.body(), StandardCharsets.UTF_8));`,
    check: `// Believe the answer only if the network's key verifies it.
byte[] networkKey = Base64.getDecoder().decode("[[networkKey]]");
signer.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(networkKey)));
HttpHeaders got = answer.headers();
String answerHead = "POST " + uri + "\\n" + got.firstValue("client-id").orElse("") + "." + got.firstValue("response-time").orElse("") + ".";
signer.update(answerHead.getBytes(StandardCharsets.UTF_8));
signer.update(answer.body());
String encoded = got.firstValue("signature").orElse("").replaceAll(".*signature=", "");
byte[] said = Base64.getDecoder().decode(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
if (!signer.verify(said)) throw new SignatureException("The signature of the answer does not verify.");
System.err.println("The signature of the answer verifies.");
}
}`,
  },
  php: {
    begin: "<?php\n$order = json_decode(file_get_contents('order.json'));",
    body: '$body = json_encode($order, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE); // once: signed and sent',
    uri: "$uri = '[[uri]]'; // path and query",
    client: "$clientId = '[[clientId]]';",
    time: "$time = gmdate('Y-m-d\\TH:i:s\\Z'); // once: for the header and the string",
    key: "$key = openssl_pkey_get_private(file_get_contents('[[keyFile]]'));",
    text: '$text = "POST $uri\\n$clientId.$time.$body"; // double quotes: \\n is a line feed',
    sign: 'openssl_sign($text, $bytes, $key, OPENSSL_ALGO_SHA256);\n$signature = base64_encode($bytes);',
    header: "$header = 'algorithm=RSA256,keyVersion=1,signature=' . rawurlencode($signature);",
    send: `$received = [];
$call = curl_init('[[origin]]' . $uri);
curl_setopt_array($call, [CURLOPT_POSTFIELDS => $body, CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => [
    'Content-Type: application/json; charset=UTF-8', "Client-Id: $clientId", "Request-Time: $time", "Signature: $header",
], CURLOPT_HEADERFUNCTION => function ($call, $line) use (&$received) {
    [$name, $value] = explode(':', $line, 2) + [1 => ''];
    $received[strtolower($name)] = trim($value);
    return strlen($line);
}]);
$answer = curl_exec($call);
echo "$answer\\n";`,
    check: `// Believe the answer only if the network's key verifies it.
$networkKey = "-----BEGIN PUBLIC KEY-----\\n" . chunk_split('[[networkKey]]', 64, "\\n") . '-----END PUBLIC KEY-----';
$text = "POST $uri\\n" . ($received['client-id'] ?? '') . '.' . ($received['response-time'] ?? '') . ".$answer";
$encoded = preg_replace('/.*signature=/', '', $received['signature'] ?? '');
if (openssl_verify($text, base64_decode(rawurldecode($encoded)), $networkKey, OPENSSL_ALGO_SHA256) !== 1) {
    throw new Exception('The signature of the answer does not verify.');
}
fwrite(STDERR, "The signature of the answer verifies.\\n");`,
  },
  go: {
    begin: `package main

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

func main() {`,
    body: '	body, _ := os.ReadFile("order.json") // once: these bytes are signed and sent',
    uri: '	uri := "[[uri]]" // path and query',
    client: '	clientID := "[[clientId]]"',
    time: '	now := time.Now().UTC().Format(time.RFC3339) // once: for the header and the string',
    key: `	file, _ := os.ReadFile("[[keyFile]]")
	block, _ := pem.Decode(file)
	parsed, _ := x509.ParsePKCS8PrivateKey(block.Bytes)
	key := parsed.(*rsa.PrivateKey)`,
    text: '	text := append([]byte("POST "+uri+"\\n"+clientID+"."+now+"."), body...)',
    sign: `	hash := sha256.Sum256(text)
	raw, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, hash[:])
	signature := base64.StdEncoding.EncodeToString(raw)`,
    header: '	header := "algorithm=RSA256,keyVersion=1,signature=" + url.QueryEscape(signature)',
    send: `	call, _ := http.NewRequest("POST", "[[origin]]"+uri, bytes.NewReader(body))
	call.Header.Set("Content-Type", "application/json; charset=UTF-8")
	call.Header.Set("Client-Id", clientID)
	call.Header.Set("Request-Time", now)
	call.Header.Set("Signature", header)
	response, _ := http.DefaultClient.Do(call)
	answer, _ := io.ReadAll(response.Body)
	fmt.Println(string(answer))`,
    check: `	// Believe the answer only if the network's key verifies it.
	der, _ := base64.StdEncoding.DecodeString("[[networkKey]]")
	networkKey, _ := x509.ParsePKIXPublicKey(der)
	received := response.Header
	head := "POST " + uri + "\\n" + received.Get("Client-Id") + "." + received.Get("Response-Time") + "."
	hash = sha256.Sum256(append([]byte(head), answer...))
	_, encoded, _ := strings.Cut(received.Get("Signature"), "signature=")
	decoded, _ := url.PathUnescape(encoded)
	said, _ := base64.StdEncoding.DecodeString(decoded)
	if rsa.VerifyPKCS1v15(networkKey.(*rsa.PublicKey), crypto.SHA256, hash[:], said) != nil {
		panic("The signature of the answer does not verify.")
	}
	fmt.Fprintln(os.Stderr, "The signature of the answer verifies.")
}`,
  },
}
