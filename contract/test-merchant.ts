/** The Test Merchant: the merchant's side of the sandbox. Stated in docs/guide/test-merchant.md. */
import * as z from 'zod'
import { families } from '../rules/interfaces.ts'
import { KEY, TEST_MERCHANT, URL_MAX } from '../rules/limits.ts'
import { AMOUNT_DIGITS_MAX } from '../rules/money.ts'
import { productIds, SCENARIOS } from '../rules/products.ts'
import { merchantActions, merchantFaults, transactionWords } from '../rules/test-merchant.ts'
import { ApplicationId, KEY_REFUSALS, URL_REFUSALS } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { PaymentView } from './log.ts'
import { Id, Instant, Line } from './wire.ts'

const path = '/applications/:applicationId/test-merchant'

export const TestMerchantView = z.object({
  /** The partner's own merchant API; null where none is set. */
  url: z.string().nullable(),
  setAt: Instant.nullable(),
  setBy: z.string().nullable(),
})

export const getTestMerchant = endpoint({
  summary: 'Where the Test Merchant reaches the partner’s server.',
  method: 'GET',
  path,
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: TestMerchantView,
})

export const setMerchantUrl = endpoint({
  summary: 'Sets the URL of the partner’s own merchant API, which the Test Merchant calls. Null takes it away.',
  method: 'PUT',
  path: `${path}/url`,
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ url: z.string().trim().min(1).max(URL_MAX).nullable() }),
  returns: TestMerchantView,
  refusals: [...URL_REFUSALS, 'url.not_relay', 'test_merchant.for_acquirers'],
})

export const addThrowAwayKey = endpoint({
  summary:
    'Lets the sandbox take calls that are signed with this key, for twelve hours, beside the versions of the partner’s own key. Of more than five the oldest ends.',
  method: 'POST',
  path: `${path}/keys`,
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ publicKey: z.string().max(KEY.pastedMax) }),
  returns: z.object({
    /** From then on the sandbox does not take it any more. */
    endsAt: Instant,
    clientId: z.string(),
    /** With it the answers verify. */
    networkPublicKey: z.string(),
  }),
  refusals: [...KEY_REFUSALS, 'test_merchant.for_acquirers'],
})

/** In the smallest unit of the currency. */
const MerchantAmount = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, such as USD'),
  value: z
    .string()
    .regex(new RegExp(`^[1-9]\\d{0,${AMOUNT_DIGITS_MAX - 1}}$`), `1 to ${AMOUNT_DIGITS_MAX} digits, more than 0`),
})

export const callMerchant = endpoint({
  summary:
    'Calls the partner’s own merchant API, signed as a notification is, and reads its answer. An answer that cannot be read is told with what was wrong with it; the call stands in the request log.',
  method: 'POST',
  path: `${path}/calls`,
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({
    action: z.enum(merchantActions),
    /** Of an order; null otherwise. */
    product: z.enum(productIds).nullable(),
    /** Of an order in a shop; null otherwise. */
    scenario: z.enum(SCENARIOS).nullable(),
    /** Of an order. */
    title: Line(1, TEST_MERCHANT.titleMax).nullable(),
    /** Of an order or a refund. */
    amount: MerchantAmount.nullable(),
    /** The payment code that the payer shows; null with other orders. */
    code: z.string().trim().min(1).max(TEST_MERCHANT.codeMax).nullable(),
    /** Of what is queried, cancelled or refunded. */
    paymentRequestId: Line(1, TEST_MERCHANT.idMax).nullable(),
    paymentId: Line(1, TEST_MERCHANT.idMax).nullable(),
  }),
  returns: z.object({
    /** Null where the partner's server gave an answer that can be read; otherwise why not. */
    fault: z.enum(merchantFaults).nullable(),
    /** Which field of the answer is wrong, and how; null where no single one is. */
    faultField: z.object({ path: z.string(), message: z.string() }).nullable(),
    /** HTTP status of the answer; null where none came. */
    httpStatus: z.number().nullable(),
    durationMs: z.number(),
    answer: z
      .object({
        paymentRequestId: z.string().nullable(),
        paymentId: z.string().nullable(),
        status: z.enum(transactionWords),
        /** Where the payer goes on: to pay, or to agree. */
        normalUrl: z.string().nullable(),
        /** What the payer reads, where the order has a code. */
        code: z.string().nullable(),
        /** What the partner's server has to say. */
        message: z.string().nullable(),
      })
      .nullable(),
    /** What came, cut off at two thousand characters; null where nothing came. */
    raw: z.string().nullable(),
    exchangeId: Id('exc').nullable(),
  }),
  unrecorded: 'a merchant at work, which the request log shows',
  refusals: ['test_merchant.no_url', 'test_merchant.no_key', 'test_merchant.incomplete', 'test_merchant.for_acquirers'],
})

export const TransactionView = PaymentView.extend({
  word: z.enum(transactionWords),
  title: z.string(),
  family: z.enum(families),
  scenario: z.enum(SCENARIOS).nullable(),
  /** Where the Test Wallet pays it; null unless it waits for the payer. */
  payUrl: z.string().nullable(),
})

export const listTransactions = endpoint({
  summary: `The payments of an application that the newest ${TEST_MERCHANT.callsLooked} calls of its log were about, newest first, at most ${TEST_MERCHANT.transactions}.`,
  method: 'GET',
  path: '/applications/:applicationId/transactions',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({ word: z.enum(transactionWords).optional() }),
  returns: z.object({ items: z.array(TransactionView) }),
})
