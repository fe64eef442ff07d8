import { execFileSync } from 'node:child_process'
import { checkPrimeSync, createPrivateKey, createPublicKey, generateKeyPairSync, generatePrimeSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSandbox, setNotificationUrl, setSandboxKey } from '../../contract/applications.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { makeApplication, makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let developer: TestBrowser
beforeAll(async () => {
  center = await startCenter({ resolve: async (host) => NAMES[host] ?? Promise.reject(new Error('no such name')) })
  developer = await makeMember(center, await makePartner(center))
})
afterAll(() => center.close())

const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

const NAMES: Record<string, { address: string; family: number }[]> = {
  localhost: [{ address: '127.0.0.1', family: 4 }],
  'public.test': [{ address: '93.184.216.34', family: 4 }],
  'private.test': [{ address: '10.0.0.5', family: 4 }],
  'mixed.test': [
    { address: '93.184.216.34', family: 4 },
    { address: '169.254.169.254', family: 4 },
  ],
}

const rsa = (modulusLength = 2048, publicExponent = 65537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent })
const pem = (key: ReturnType<typeof rsa>['publicKey'], type: 'spki' | 'pkcs1' = 'spki') =>
  key.export({ format: 'pem', type }).toString()
const der = (key: ReturnType<typeof rsa>['publicKey'], type: 'spki' | 'pkcs1' = 'spki') =>
  key.export({ format: 'der', type }).toString('base64')

/** A key whose parts are chosen: the private half need not exist. */
const ofModulus = (n: bigint, e = 'AQAB') => {
  const hex = n.toString(16)
  const jwk = {
    kty: 'RSA',
    e,
    n: Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url'),
  }
  return createPublicKey({ key: jwk, format: 'jwk' })
}
const prime = (bits: number) => generatePrimeSync(bits, { bigint: true })
const inFrame = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

describe('a public key', () => {
  test.each(['PEM SPKI', 'PEM PKCS#1', 'base64 SPKI', 'base64 PKCS#1', 'base64 in lines'])(
    'is accepted as %s',
    async (form) => {
      const { id } = await makeApplication(developer)
      const { publicKey } = rsa()
      const text = {
        'PEM SPKI': pem(publicKey),
        'PEM PKCS#1': pem(publicKey, 'pkcs1'),
        'base64 SPKI': der(publicKey),
        'base64 PKCS#1': der(publicKey, 'pkcs1'),
        'base64 in lines': `\r\n ${der(publicKey).replace(/.{64}/g, '$&\r\n')}\n`,
      }[form]
      const sandbox = await developer.do(setSandboxKey, {
        params: { applicationId: id },
        body: { publicKey: text ?? '' },
      })
      expect(sandbox.keys).toMatchObject([
        { version: 1, state: 'active', bits: 2048, publicKey: der(publicKey), provedAt: null },
      ])
      expect(sandbox.certificationType).toContain('RSA256')
      expect(
        createPublicKey({ key: Buffer.from(sandbox.networkPublicKey ?? '', 'base64'), format: 'der', type: 'spki' })
          .asymmetricKeyType,
      ).toBe('rsa')
    },
  )

  const pair = rsa()
  const privatePem = (type: 'pkcs8' | 'pkcs1') => pair.privateKey.export({ format: 'pem', type }).toString()
  const p = prime(1024)
  const close = () => {
    let q = p + 2n
    while (!checkPrimeSync(q)) q += 2n
    return q
  }
  const spki = (type: 'ec' | 'dsa' | 'rsa-pss' | 'ed25519') => pem(foreignTypes[type]().publicKey)
  const foreignTypes = {
    ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    dsa: () => generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }),
    'rsa-pss': () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
    ed25519: () => generateKeyPairSync('ed25519'),
  }
  const privateDer = (type: 'pkcs8' | 'pkcs1') => pair.privateKey.export({ format: 'der', type })
  const encrypted = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' } as const
  const CERTIFICATE = openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=a', '-keyout', '/dev/null')
  const REQUEST = openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=a', '-keyout', '/dev/null')
  const bare = (framed: string) => framed.replace(/-----[^-]*-----/g, '')

  /** What is pasted, the code of the refusal, and what it says of this very text. */
  const BAD: [name: string, code: string, what: string, text: () => string][] = [
    ['nothing', 'key.empty', 'The text is empty.', () => '  \n'],
    [
      'an empty frame',
      'key.empty',
      'There is nothing between its BEGIN and its END.',
      () => '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----',
    ],
    ['a private key as PKCS#8', 'key.private', 'It is a private key in PKCS#8.', () => privatePem('pkcs8')],
    ['a private key as PKCS#1', 'key.private', 'It is a private key in PKCS#1.', () => privatePem('pkcs1')],
    [
      'a private key as bare base64',
      'key.private',
      'It is a private key in PKCS#8, without its frame.',
      () => privateDer('pkcs8').toString('base64'),
    ],
    [
      'an old private key as bare base64',
      'key.private',
      'It is a private key in PKCS#1, without its frame.',
      () => privateDer('pkcs1').toString('base64'),
    ],
    [
      'a private key in the frame of a public one',
      'key.private',
      'It is a private key in PKCS#8, without its frame.',
      () => inFrame('PUBLIC KEY', privateDer('pkcs8').toString('base64')),
    ],
    [
      'an encrypted private key',
      'key.private',
      'It is an encrypted private key.',
      () => pair.privateKey.export({ format: 'pem', ...encrypted }).toString(),
    ],
    [
      'an encrypted private key as bare base64',
      'key.private',
      'It is an encrypted private key, without its frame.',
      () => pair.privateKey.export({ format: 'der', ...encrypted }).toString('base64'),
    ],
    [
      'a private key of OpenSSH',
      'key.private',
      'It is a private key of OpenSSH.',
      () => inFrame('OPENSSH PRIVATE KEY', Buffer.from('openssh-key-v1\0').toString('base64')),
    ],
    [
      'a private JWK',
      'key.private',
      'It is a JSON Web Key with its private half.',
      () => JSON.stringify(pair.privateKey.export({ format: 'jwk' })),
    ],
    [
      'a private key in UTF-16',
      'key.private',
      'It is a private key in PKCS#8.',
      () => [...privatePem('pkcs8')].join('\0').slice(0, 4000),
    ],
    [
      'a PKCS#12 file in base64',
      'key.private',
      'It is a PKCS#12 file, which holds a private key.',
      () => Buffer.from([0x30, 0x82, 0x00, 0x10, 2, 1, 3, ...new Array(13).fill(0x30)]).toString('base64'),
    ],
    [
      'a PKCS#12 file as it is',
      'key.unreadable',
      'It is a binary file.',
      () => Buffer.from([0x30, 0x82, 0x09, 0xf1, 2, 1, 3, 0x30, 0x82, 0x09, 0xb7]).toString('utf8'),
    ],
    ['a certificate', 'key.certificate', 'It is a certificate in PEM.', () => CERTIFICATE],
    [
      'a certificate as bare base64',
      'key.certificate',
      'It is a certificate without its frame.',
      () => bare(CERTIFICATE),
    ],
    ['a CSR', 'key.certificate_request', 'It is a request for a certificate in PEM.', () => REQUEST],
    [
      'a CSR as bare base64',
      'key.certificate_request',
      'It is a request for a certificate, without its frame.',
      () => bare(REQUEST),
    ],
    [
      'a public key of OpenSSH',
      'key.openssh',
      'It is a public key of OpenSSH.',
      () => 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ ada@laptop',
    ],
    [
      'a PEM without its end',
      'key.truncated',
      'Its END line is missing.',
      () => pem(pair.publicKey).split('\n').slice(0, 4).join('\n'),
    ],
    [
      'a PEM without its beginning',
      'key.truncated',
      'Its BEGIN line is missing.',
      () => pem(pair.publicKey).split('\n').slice(1).join('\n'),
    ],
    ['half of the base64', 'key.truncated', 'It has 150 of its 294 bytes.', () => der(pair.publicKey).slice(0, 200)],
    ['the same key twice', 'key.several', 'The text holds 2 keys.', () => pem(pair.publicKey) + pem(pair.publicKey)],
    [
      'the same base64 twice',
      'key.several',
      'Something stands behind the end of the key.',
      () => der(pair.publicKey) + der(pair.publicKey),
    ],
    [
      'a key in a letter',
      'key.unreadable',
      'There is other text around the key.',
      () => `Dear colleague,\n${pem(pair.publicKey)}Regards`,
    ],
    [
      'parameters of a curve',
      'key.unreadable',
      'It is PEM of another kind: EC PARAMETERS.',
      () => inFrame('EC PARAMETERS', 'BggqhkjOPQMBBw=='),
    ],
    [
      'a public JWK',
      'key.unreadable',
      'It is a JSON Web Key.',
      () => JSON.stringify(pair.publicKey.export({ format: 'jwk' })),
    ],
    [
      'base64url',
      'key.unreadable',
      'It is base64url, with - and _ for + and /.',
      () => `MII-${pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url').slice(4)}`,
    ],
    [
      'hexadecimal',
      'key.unreadable',
      'It is hexadecimal, not base64.',
      () => pair.publicKey.export({ format: 'der', type: 'spki' }).toString('hex'),
    ],
    ['UTF-16', 'key.unreadable', 'It is text in UTF-16.', () => [...pem(pair.publicKey)].join('\0')],
    ['a web page', 'key.unreadable', 'It is a web page.', () => '<!doctype html><title>Not found</title>'],
    ['a key of PGP', 'key.unreadable', 'It is a key of PGP.', () => inFrame('PGP PUBLIC KEY BLOCK', 'mQENBF')],
    [
      'words',
      'key.unreadable',
      'It holds characters that are not base64.',
      () => 'my public key is very good, believe me',
    ],
    [
      'other base64',
      'key.unreadable',
      'Its bytes are no key.',
      () => Buffer.from('hello, this is not a key at all').toString('base64'),
    ],
    [
      'another structure',
      'key.unreadable',
      'Its bytes are no public key.',
      () => Buffer.from([0x30, 3, 2, 1, 5]).toString('base64'),
    ],
    ['noise', 'key.unreadable', 'Its bytes are no key.', () => 'Q7x'.repeat(3333)],
    ['an elliptic key', 'key.not_rsa', 'It is a key of the type EC (elliptic curve).', () => spki('ec')],
    ['an Ed25519 key', 'key.not_rsa', 'It is a key of the type Ed25519.', () => spki('ed25519')],
    ['a DSA key', 'key.not_rsa', 'It is a key of the type DSA.', () => spki('dsa')],
    ['an RSA-PSS key', 'key.not_rsa', 'It is a key of the type RSA-PSS.', () => spki('rsa-pss')],
    ['of 1024 bits', 'key.too_short', 'It has 1024 bits.', () => pem(rsa(1024).publicKey)],
    ['of 1536 bits', 'key.too_short', 'It has 1536 bits.', () => pem(rsa(1536).publicKey)],
    ['of 2040 bits', 'key.too_short', 'It has 2040 bits.', () => pem(rsa(2040).publicKey)],
    ['of 8192 bits', 'key.too_long', 'It has 8192 bits.', () => pem(ofModulus((1n << 8191n) + 1n))],
    ['of the exponent 3', 'key.wrong_exponent', 'Its exponent is 3.', () => pem(rsa(2048, 3).publicKey)],
    ['of the exponent 1', 'key.wrong_exponent', 'Its exponent is 1.', () => pem(ofModulus(p * close(), 'AQ'))],
    ['of an even modulus', 'key.weak', 'Its modulus is even.', () => pem(ofModulus((1n << 2047n) + 2n))],
    ['of a small factor', 'key.weak', 'Its modulus can be divided by 401.', () => pem(ofModulus(prime(2040) * 401n))],
    ['of a prime modulus', 'key.weak', 'Its modulus is itself a prime number.', () => pem(ofModulus(prime(2048)))],
    [
      'of two primes that are too close',
      'key.weak',
      'Its two primes are too close to each other.',
      () => pem(ofModulus(p * close())),
    ],
  ]

  test.each(BAD)('that is %s is refused with %s: %s', async (_name, code, what, text) => {
    const { id } = await makeApplication(developer)
    const reply = await developer.call(setSandboxKey, { params: { applicationId: id }, body: { publicKey: text() } })
    expect(reply.body.code).toBe(code)
    expect(reply.body.fields).toEqual([{ path: 'publicKey', message: what }])
    expect((await developer.do(getSandbox, { params: { applicationId: id } })).keys).toEqual([])
  })

  test('that is longer than any key is refused before it is looked at', async () => {
    const { id } = await makeApplication(developer)
    const body = { publicKey: 'A'.repeat(10_001) }
    const reply = await developer.call(setSandboxKey, { params: { applicationId: id }, body })
    expect(reply.body.code).toBe('request.invalid')
  })

  test('that is no key is told in Chinese too', async () => {
    const { id } = await makeApplication(developer)
    for (const [name, , , text] of BAD) {
      const path = `/api/applications/${id}/sandbox/key`
      const reply = await developer.send('PUT', path, { publicKey: text() }, { 'accept-language': 'zh' })
      expect(reply.body.fields?.[0]?.message, name).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  test("is not the network's own, nor one that is registered already; whose it is else is not told", async () => {
    const { id } = await makeApplication(developer)
    const { publicKey } = rsa()
    const set = async (by: TestBrowser, applicationId: string, text: string) => {
      const { body } = await by.call(setSandboxKey, { params: { applicationId }, body: { publicKey: text } })
      return [body.code, body.fields?.[0]?.message]
    }
    const params = { applicationId: id }
    const { networkPublicKey } = await developer.do(setSandboxKey, { params, body: { publicKey: pem(publicKey) } })
    const stranger = await makeMember(center, await makePartner(center))
    const theirs = await makeApplication(stranger)
    const ours = ['key.center', 'Its private half is with us.']
    expect(await set(developer, id, networkPublicKey ?? '')).toEqual(ours)
    expect(await set(stranger, theirs.id, networkPublicKey ?? '')).toEqual(ours)
    expect(await set(developer, id, pem(publicKey))).toEqual(['key.in_use', 'It is version 1 of this application.'])
    const elsewhere = ['key.in_use', 'It is in use in another place.']
    expect(await set(developer, (await makeApplication(developer)).id, pem(publicKey))).toEqual(elsewhere)
    expect(await set(stranger, theirs.id, pem(publicKey))).toEqual(elsewhere)
  })

  test('a replacement that was never used is itself replaced', async () => {
    const { id } = await makeApplication(developer)
    const params = { applicationId: id }
    for (let i = 0; i < 3; i++) await developer.do(setSandboxKey, { params, body: { publicKey: pem(rsa().publicKey) } })
    const { keys } = await developer.do(getSandbox, { params })
    expect(keys.map(({ version, state }) => [version, state])).toEqual([
      [2, 'waiting'],
      [1, 'active'],
    ])
  })
})

test("the network's private keys are sealed in the database", async () => {
  const rows = await center.app.database.reader.selectFrom('clients').select('network_private_key').execute()
  const sealed = rows.flatMap(({ network_private_key }) => network_private_key ?? [])
  expect(sealed.length).toBeGreaterThan(0)
  for (const text of sealed) {
    expect(text).not.toContain('PRIVATE')
    expect(createPrivateKey(center.app.seal.open(text)).asymmetricKeyType).toBe('rsa')
  }
})

describe('a notification URL', () => {
  const set = async (url: string | null) => {
    const { id } = await makeApplication(developer)
    return developer.call(setNotificationUrl, { params: { applicationId: id, api: 'notifyPayment' }, body: { url } })
  }

  test.each([
    'https://public.test/notify?x=1',
    'https://public.test:8443/',
    'http://127.0.0.1:3000/notify',
    'http://localhost:3000/',
  ])('%s is kept', async (url) => {
    expect((await set(url)).body).toMatchObject({
      notificationUrls: expect.arrayContaining([{ api: 'notifyPayment', url }]),
    })
  })

  test.each([
    ['notify', 'url.malformed'],
    ['ftp://public.test/', 'url.not_https'],
    ['http://public.test/', 'url.not_https'],
    ['https://user:secret@public.test/', 'url.credentials'],
    ['https://public.test:22/', 'url.port'],
    ['https://private.test/', 'url.not_public'],
    ['https://mixed.test/', 'url.not_public'],
    ['https://unknown.test/', 'url.not_public'],
    ['https://10.0.0.5/', 'url.not_public'],
    ['https://0x0a000005/', 'url.not_public'],
    ['https://[fd00::1]/', 'url.not_public'],
  ])('%s is refused: %s', async (url, code) => {
    expect((await set(url)).body).toMatchObject({ code, fields: [{ path: 'url' }] })
  })

  test('can be cleared', async () => {
    const { id } = await makeApplication(developer)
    const params = { applicationId: id, api: 'notifyPayment' as const }
    await developer.do(setNotificationUrl, { params, body: { url: 'https://public.test/' } })
    const view = await developer.do(setNotificationUrl, { params, body: { url: null } })
    expect(view.notificationUrls).toContainEqual({ api: 'notifyPayment', url: null })
  })
})
