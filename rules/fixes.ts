/**
 * How it is done right, in the language of the reader: one program for each, in pieces. A fix shows the pieces that matter to it; all
 * of them, one behind the other, sign and send a call (fixes.test.ts runs those whose language is at hand).
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

export const pieces = ['begin', 'body', 'uri', 'client', 'time', 'key', 'text', 'sign', 'header', 'send'] as const
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

/** The pieces of one fix, with the values of the call in them. */
export function snippetOf(kind: FixKind, language: FixLanguage, facts: FixFacts): string {
  const [, ...shown] = FIXES[kind]
  return filled(shown.map((piece) => PROGRAMS[language][piece]).join('\n'), facts)
}

export function programOf(language: FixLanguage, facts: FixFacts): string {
  return filled(pieces.map((piece) => PROGRAMS[language][piece]).join('\n'), facts)
}

/** Values of a call stand within quotes of six languages: what would end one of them is left out. */
export function filled(text: string, facts: FixFacts): string {
  const plain = (value: string) => value.replace(/[^\w\-.~/?=&%:,+@;!*]/g, '')
  return text.replace(/\[\[(origin|uri|clientId)\]\]/g, (_, name: keyof FixFacts) => plain(facts[name]))
}

export const PROGRAMS: Record<FixLanguage, Record<Piece, string>> = {
  shell: {
    begin: '#!/bin/sh\nset -e',
    body: '# order.json holds the body; --data-binary sends its bytes unchanged.',
    uri: "uri='[[uri]]'",
    client: "client='[[clientId]]'",
    time: 'time=$(date -u +%Y-%m-%dT%H:%M:%SZ)',
    key: "key='sandbox-private-key.pem'",
    text: '{ printf \'POST %s\\n%s.%s.\' "$uri" "$client" "$time"; cat order.json; } > text',
    sign: 'signature=$(openssl dgst -sha256 -sign "$key" text | openssl base64 -A)',
    header: 'encoded=$(printf %s "$signature" | sed \'s/+/%2B/g; s|/|%2F|g; s/=/%3D/g\')',
    send: `curl -s "[[origin]]$uri" --data-binary @order.json \\
  -H "Content-Type: application/json; charset=UTF-8" -H "Client-Id: $client" -H "Request-Time: $time" \\
  -H "Signature: algorithm=RSA256,keyVersion=1,signature=$encoded"`,
  },
  node: {
    begin:
      "import { readFileSync } from 'node:fs'\nimport { sign } from 'node:crypto'\nconst order = JSON.parse(readFileSync('order.json', 'utf8'))",
    body: 'const body = Buffer.from(JSON.stringify(order)) // once: these bytes are signed and sent',
    uri: "const uri = '[[uri]]' // path and query",
    client: "const clientId = '[[clientId]]'",
    time: 'const time = new Date().toISOString() // once: for the header and the string',
    key: "const key = readFileSync('sandbox-private-key.pem')",
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
const answer = await fetch('[[origin]]' + uri, { method: 'POST', headers, body })
console.log(await answer.text())`,
  },
  python: {
    begin: `import base64, datetime, json, urllib.parse, urllib.request
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
order = json.load(open("order.json", encoding="utf-8"))`,
    body: 'body = json.dumps(order).encode("utf-8")  # once; give these bytes to the HTTP library, not the dictionary',
    uri: 'uri = "[[uri]]"  # path and query',
    client: 'client_id = "[[clientId]]"',
    time: 'time = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")  # once',
    key: 'key = serialization.load_pem_private_key(open("sandbox-private-key.pem", "rb").read(), None)',
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
print(urllib.request.urlopen(call).read().decode())`,
  },
  java: {
    begin: `import java.net.URI;
import java.net.URLEncoder;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

public class Call {
public static void main(String[] args) throws Exception {
String json = Files.readString(Path.of("order.json"));`,
    body: 'byte[] body = json.getBytes(StandardCharsets.UTF_8); // once: these bytes are signed and sent',
    uri: 'String uri = "[[uri]]"; // path and query',
    client: 'String clientId = "[[clientId]]";',
    time: 'String time = java.time.Instant.now().toString(); // once: for the header and the string',
    key: `String pem = Files.readString(Path.of("sandbox-private-key.pem")).replaceAll("-----[^-]+-----|\\\\s", "");
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
System.out.println(HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofString()).body());
}
}`,
  },
  php: {
    begin: "<?php\n$order = json_decode(file_get_contents('order.json'));",
    body: '$body = json_encode($order, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE); // once: signed and sent',
    uri: "$uri = '[[uri]]'; // path and query",
    client: "$clientId = '[[clientId]]';",
    time: "$time = gmdate('Y-m-d\\TH:i:s\\Z'); // once: for the header and the string",
    key: "$key = openssl_pkey_get_private(file_get_contents('sandbox-private-key.pem'));",
    text: '$text = "POST $uri\\n$clientId.$time.$body"; // double quotes: \\n is a line feed',
    sign: 'openssl_sign($text, $bytes, $key, OPENSSL_ALGO_SHA256);\n$signature = base64_encode($bytes);',
    header: "$header = 'algorithm=RSA256,keyVersion=1,signature=' . rawurlencode($signature);",
    send: `$call = curl_init('[[origin]]' . $uri);
curl_setopt_array($call, [CURLOPT_POSTFIELDS => $body, CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => [
    'Content-Type: application/json; charset=UTF-8', "Client-Id: $clientId", "Request-Time: $time", "Signature: $header",
]]);
echo curl_exec($call);`,
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
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

func main() {`,
    body: '	body, _ := os.ReadFile("order.json") // once: these bytes are signed and sent',
    uri: '	uri := "[[uri]]" // path and query',
    client: '	clientID := "[[clientId]]"',
    time: '	now := time.Now().UTC().Format(time.RFC3339) // once: for the header and the string',
    key: `	file, _ := os.ReadFile("sandbox-private-key.pem")
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
	answer, _ := http.DefaultClient.Do(call)
	io.Copy(os.Stdout, answer.Body)
}`,
  },
}
