import { createPrivateKey, createPublicKey, generateKeyPairSync, generatePrimeSync } from 'node:crypto'
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
const ofModulus = (n: bigint) => {
  const hex = n.toString(16)
  const jwk = {
    kty: 'RSA',
    e: 'AQAB',
    n: Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url'),
  }
  return createPublicKey({ key: jwk, format: 'jwk' })
}
const prime = (bits: number) => generatePrimeSync(bits, { bigint: true })

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
    while (q % 3n === 0n || q % 5n === 0n) q += 2n
    return q
  }
  const BAD: [name: string, code: string, text: () => string][] = [
    ['nothing', 'key.empty', () => '  \n'],
    ['an empty frame', 'key.empty', () => '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----'],
    ['a private key as PKCS#8', 'key.private', () => privatePem('pkcs8')],
    ['a private key as PKCS#1', 'key.private', () => privatePem('pkcs1')],
    [
      'a private key as bare base64',
      'key.private',
      () => pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    ],
    [
      'an old private key as bare base64',
      'key.private',
      () => pair.privateKey.export({ format: 'der', type: 'pkcs1' }).toString('base64'),
    ],
    [
      'an encrypted private key',
      'key.private',
      () => pair.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
    ],
    ['a certificate', 'key.certificate', () => '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
    ['a PEM without its end', 'key.truncated', () => pem(pair.publicKey).split('\n').slice(0, 4).join('\n')],
    ['half of the base64', 'key.truncated', () => der(pair.publicKey).slice(0, 200)],
    ['words', 'key.unreadable', () => 'my public key is very good'],
    ['other base64', 'key.unreadable', () => Buffer.from('hello, this is not a key at all').toString('base64')],
    [
      'an elliptic key',
      'key.not_rsa',
      () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ],
    [
      'an Ed25519 key',
      'key.not_rsa',
      () => generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ],
    ['1024 bits', 'key.too_short', () => pem(rsa(1024).publicKey)],
    ['2040 bits', 'key.too_short', () => pem(rsa(2040).publicKey)],
    ['8192 bits', 'key.too_long', () => pem(ofModulus((1n << 8191n) + 1n))],
    ['the exponent 3', 'key.wrong_exponent', () => pem(rsa(2048, 3).publicKey)],
    ['an even modulus', 'key.weak', () => pem(ofModulus((1n << 2047n) + 2n))],
    ['a prime modulus', 'key.weak', () => pem(ofModulus(prime(2048)))],
    ['two primes that are too close', 'key.weak', () => pem(ofModulus(p * close()))],
    ['too much text', 'request.invalid', () => 'A'.repeat(10_001)],
  ]

  test.each(BAD)('that is %s is refused with %s, and nothing is stored', async (_name, code, text) => {
    const { id } = await makeApplication(developer)
    const reply = await developer.call(setSandboxKey, { params: { applicationId: id }, body: { publicKey: text() } })
    expect(reply.body.code).toBe(code)
    expect(reply.body.fields).toMatchObject([{ path: 'publicKey' }])
    expect((await developer.do(getSandbox, { params: { applicationId: id } })).keys).toEqual([])
  })

  test('each refusal has words of its own', async () => {
    const { id } = await makeApplication(developer)
    const titles = new Map<string, string>()
    for (const [, code, text] of BAD) {
      const { body } = await developer.call(setSandboxKey, {
        params: { applicationId: id },
        body: { publicKey: text() },
      })
      titles.set(code, body.title)
    }
    expect(new Set(titles.values()).size).toBe(titles.size)
  })

  test("is not the network's own, nor one that is registered already", async () => {
    const { id } = await makeApplication(developer)
    const params = { applicationId: id }
    const { publicKey } = rsa()
    const { networkPublicKey } = await developer.do(setSandboxKey, { params, body: { publicKey: pem(publicKey) } })
    expect(
      (await developer.call(setSandboxKey, { params, body: { publicKey: networkPublicKey ?? '' } })).body.code,
    ).toBe('key.center')
    expect((await developer.call(setSandboxKey, { params, body: { publicKey: pem(publicKey) } })).body.code).toBe(
      'key.in_use',
    )
    const other = await makeApplication(developer)
    expect(
      (
        await developer.call(setSandboxKey, {
          params: { applicationId: other.id },
          body: { publicKey: pem(publicKey) },
        })
      ).body.code,
    ).toBe('key.in_use')
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
    expect((await set(url)).body).toMatchObject({ notificationUrls: [{ api: 'notifyPayment', url }] })
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
    expect(view.notificationUrls).toEqual([{ api: 'notifyPayment', url: null }])
  })
})
