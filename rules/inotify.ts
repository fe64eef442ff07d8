/**
 * iNotify: notifications that somebody makes up, to see what a partner's system does with them: well-behaved, and in the four ways in
 * which real ones go wrong. They are really signed and really sent. Stated for partners in docs/guide/tools.md.
 */
import type { Family } from './interfaces.ts'
import type { NotificationApi } from './products.ts'
import { registrationStatus } from './registration.ts'
import { TEST_WALLET } from './wallet.ts'

export const MANNERS = {
  once: { title: 'Once', about: 'As the network tells it.' },
  late: { title: 'Late', about: 'Only after a while. The books must take it all the same.' },
  twice: { title: 'Twice', about: 'The same again a moment later. Acknowledge both, and book it once.' },
  out_of_order: {
    title: 'Out of order',
    about: 'What happened later comes first. Acknowledge both; the older must not overwrite the newer.',
  },
  wrong_signature: {
    title: 'With a wrong signature',
    about: 'The signature is of other bytes. It must not be acknowledged, and nothing of it believed.',
  },
} as const

export type Manner = keyof typeof MANNERS
export const manners = Object.keys(MANNERS) as [Manner, ...Manner[]] // keys of a constant

/** How many attempts one notification of a manner has. */
export const attemptsOf = (manner: Manner): number => (manner === 'twice' ? 2 : 1)

/** Whether a reply was the right one: every acknowledgement counts, but that of a forged notification. */
export function isRight(manner: Manner, fault: string | null): boolean {
  return manner === 'wrong_signature' ? fault !== null && fault !== 'no_answer' : fault === null
}

type Told = {
  id(beginning: string): string
  now(): string
  paymentRequestId: string | undefined
  paymentId: string | undefined
}

type Json = { [name: string]: Json | Json[] | string | boolean }

export type NotificationSample = {
  /** Family and name: what the sample is called in addresses. */
  id: string
  family: Family
  api: NotificationApi
  body(told: Told): Json
  /** What happened before that, and comes after it where the order is broken. */
  earlier(told: Told): Json
}

const SUCCESS = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' }
const CLOSED = { resultCode: 'ORDER_IS_CLOSED', resultStatus: 'F', resultMessage: 'The order is closed.' }
const AMOUNT = { currency: 'USD', value: '1000' }
const CLIENT = 'M-0001'

const payment = (told: Told): Json => ({
  paymentRequestId: told.paymentRequestId ?? told.id('REQ'),
  paymentId: told.paymentId ?? told.id('PAY'),
  paymentAmount: AMOUNT,
})
const dispute = (told: Told): Json => ({
  disputeRequestId: told.id('DSP'),
  paymentRequestId: told.paymentRequestId ?? told.id('REQ'),
  disputeReason: 'The payer does not know the payment',
})
const response = (told: Told): Json => ({
  disputeRequestId: told.id('DSP'),
  paymentRequestId: told.paymentId ?? told.id('PAY'),
  responseMessage: 'A paper boat, blue',
})
const agreement = (authorizationNotifyType: string): Json => ({
  authorizationNotifyType,
  authClientId: CLIENT,
  accessToken: 'an-access-token-of-the-sandbox',
})
const registration = (told: Told, isDecided: boolean): Json => {
  const { whole, wallet } = registrationStatus(CLIENT, isDecided)
  const { pspId, name: pspName } = TEST_WALLET
  return {
    registrationRequestId: told.id('REG'),
    referenceMerchantId: CLIENT,
    registrationResult: { registrationStatus: whole },
    pspRegistrationResultList: [{ pspId, pspName, registrationResult: { registrationStatus: wallet } }],
  }
}

/** The same thing told twice where there is no earlier state of it. */
const alike = (body: NotificationSample['body']) => ({ body, earlier: body })

const APS: Partial<Record<NotificationApi, Pick<NotificationSample, 'body' | 'earlier'>>> = {
  notifyPayment: {
    body: (told) => ({ paymentResult: SUCCESS, ...payment(told), paymentTime: told.now() }),
    earlier: (told) => ({ paymentResult: CLOSED, ...payment(told) }),
  },
  authNotify: {
    body: () => agreement('TOKEN_CANCELED'),
    earlier: () => agreement('TOKEN_CREATED'),
  },
  initiateRetrieval: alike(dispute),
  initiateEscalation: alike((told) => ({ ...dispute(told), disputeAmount: AMOUNT })),
  responseRetrieval: alike(response),
  responseEscalation: alike((told) => ({ ...response(told), refundType: 'FULL_REFUND' })),
  notifyRegistrationStatus: {
    body: (told) => registration(told, true),
    earlier: (told) => registration(told, false),
  },
}

const AMS: typeof APS = {
  notifyPayment: {
    body: (told) => ({
      notifyType: 'PAYMENT_RESULT',
      result: SUCCESS,
      ...payment(told),
      paymentCreateTime: told.now(),
      paymentTime: told.now(),
    }),
    earlier: (told) => ({ notifyType: 'PAYMENT_RESULT', result: CLOSED, ...payment(told) }),
  },
  authNotify: {
    body: () => agreement('TOKEN_CANCELED'),
    earlier: () => agreement('TOKEN_CREATED'),
  },
  notifyRefund: alike((told) => ({
    notifyType: 'REFUND_RESULT',
    result: SUCCESS,
    refundStatus: 'SUCCESS',
    refundRequestId: told.id('REF'),
    refundId: told.id('RFD'),
    refundAmount: AMOUNT,
    refundTime: told.now(),
  })),
  notifyRegistrationStatus: {
    body: (told) => registration(told, true),
    earlier: (told) => registration(told, false),
  },
}

const of = (family: Family, samples: typeof APS) =>
  Object.entries(samples).map(([api, sample]): NotificationSample => {
    return { id: `${family}/${api}`, family, api: api as NotificationApi, ...sample } // keys of that record
  })

export const NOTIFICATION_SAMPLES: readonly NotificationSample[] = [...of('aps', APS), ...of('ams', AMS)]
