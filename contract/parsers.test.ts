/**
 * Whatever a stranger sends, no parser of the gateway throws, dawdles, or changes what every object has. `npm run prove` tries a million
 * inputs for each; a run of all tests ten thousand.
 */
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { familyOf, interfaceAt } from '../rules/interfaces.ts'
import { parseSignatureHeader } from '../rules/signature.ts'
import { ensurePrototype, NASTY, prove } from '../test/prove.ts'
import { Amount, ConsultRequest, InquiryRequest, PayRequest, RefundRequest, Time } from './gateway.ts'
import { AmsConsultRequest, AmsPayRequest, AmsRefundRequest, InquiryRefundRequest } from './gateway-ams.ts'
import {
  AmsAuthConsultRequest,
  ApplyTokenRequest,
  CancelTokenRequest,
  PrepareRequest,
} from './gateway-authorizations.ts'

afterEach(ensurePrototype)

const word = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...NASTY))
const header = fc.oneof(
  word,
  fc
    .array(fc.tuple(fc.constantFrom('algorithm', 'keyVersion', 'signature', 'SIGNATURE', ''), word), { maxLength: 6 })
    .map((parts) => parts.map(([name, value]) => `${name}=${value}`).join(', ')),
  word.map((text) => `algorithm=RSA256,keyVersion=1,signature=${text.replaceAll('a', '%')}`),
)

/** Names of fields that some schema reads, so that what lies behind them is reached. */
const FIELDS = [
  'paymentRequestId',
  'paymentId',
  'paymentAmount',
  'payToAmount',
  'refundAmount',
  'refundRequestId',
  'currency',
  'value',
  'order',
  'orderAmount',
  'merchant',
  'env',
  'paymentMethod',
  'paymentMethodMetaData',
  'paymentFactor',
  'productCode',
  'paymentExpiryTime',
  'scopes',
  'authClientId',
  'grantType',
  ...NASTY,
]
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    word,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), tie('json'), {
      maxKeys: 8,
      noNullPrototype: true,
    }),
  ),
}))

const SCHEMAS: Record<string, z.ZodType> = {
  PayRequest,
  InquiryRequest,
  RefundRequest,
  ConsultRequest,
  PrepareRequest,
  ApplyTokenRequest,
  CancelTokenRequest,
  AmsPayRequest,
  AmsRefundRequest,
  InquiryRefundRequest,
  AmsConsultRequest,
  AmsAuthConsultRequest,
}

describe('parsers', () => {
  test('the signature header', { timeout: 0 }, () => prove(header, parseSignatureHeader))

  test('the path', { timeout: 0 }, () => {
    const path = fc
      .tuple(fc.constantFrom('/aps/api/v1/', '/ams/api/v1/', '/ams/', ''), word)
      .map((parts) => parts.join(''))
    prove(path, (uri) => [interfaceAt(uri), familyOf(uri)])
  })

  test('a time', { timeout: 0 }, () => {
    const time = fc.oneof(
      word,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.stringMatching(/^\d{4}-\d\d-\d\dT.{0,40}$/),
    )
    prove(time, (text) => Time.safeParse(text))
  })

  test('an amount', { timeout: 0 }, () => {
    const amount = fc.record({
      currency: fc.oneof(word, fc.constant('USD')),
      value: fc.oneof(word, fc.bigInt().map(String), fc.double()),
    })
    prove(amount, (value) => {
      const parsed = Amount.safeParse(value)
      if (parsed.success) expect(parsed.data.amountMinor).toBeGreaterThanOrEqual(0n)
    })
  })

  test('a body, as text', { timeout: 0 }, () => {
    const body = fc.oneof(
      json.map((value) => JSON.stringify(value)),
      fc.string(),
      word.map((text) => `{"paymentRequestId":"${text}`),
    )
    prove(body, (text) => {
      try {
        return Object.values(SCHEMAS).map((schema) => schema.safeParse(JSON.parse(text)))
      } catch (error) {
        if (error instanceof SyntaxError) return undefined // that is what the gateway answers with PARAM_ILLEGAL
        throw error
      }
    })
  })
})
