/** The Test Wallet: the payer's side of the sandbox. The secret in the address is what lets a payer in. */
import * as z from 'zod'
import { disputeKinds, refundTypes } from '../rules/dispute.ts'
import { paymentStates } from '../rules/payment.ts'
import { productIds } from '../rules/products.ts'
import { resultCodes } from '../rules/results.ts'
import { PASSWORD_REFUSALS } from './accounts.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, Instant, Text } from './wire.ts'

/** The last two parts of a paymentUrl: which order, and the right to see it. */
const OrderKey = z.strictObject({
  paymentId: z.string().regex(/^\d{32}$/, 'the id in the paymentUrl'),
  secret: z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'the last part of the paymentUrl'),
})

export const OrderView = z.object({
  merchantName: z.string(),
  orderDescription: z.string(),
  /** Smallest unit of the currency, as digits. */
  amount: z.object({ currency: z.string(), value: z.string() }),
  walletName: z.string(),
  /** The merchant account that pays, or has paid; null for the application's own wallet. */
  payerName: z.string().nullable(),
  state: z.enum(paymentStates),
  /** The payer has said yes, and the wallet has not answered yet. */
  isProcessing: z.boolean(),
  /** Why it failed; null unless it failed. */
  failure: z.enum(resultCodes).nullable(),
  /** By the clock of the sandbox. */
  expiresAt: Instant,
  /** Where the payer goes back to; null when the partner gave no paymentRedirectUrl. */
  redirectUrl: z.string().nullable(),
  /** Whether the payer can ask about it: it was paid, and the acquirer has said where he is told. */
  takesDisputes: z.boolean(),
  /** What the payer has asked, the oldest first, and what the acquirer has answered. */
  disputes: z.array(
    z.object({
      kind: z.enum(disputeKinds),
      state: z.enum(['open', 'answered']),
      openedAt: Instant,
      refundType: z.enum(refundTypes).nullable(),
      refundAmount: z.object({ currency: z.string(), value: z.string() }).nullable(),
      message: z.string().nullable(),
    }),
  ),
})

export const getOrder = endpoint({
  summary: 'The order behind a paymentUrl, as the payer sees it.',
  method: 'GET',
  path: '/wallet/orders/:paymentId/:secret',
  needs: 'nobody',
  params: OrderKey,
  returns: OrderView,
})

export const decideOrder = endpoint({
  summary: 'The payer pays or declines. Deciding twice the same way is harmless.',
  method: 'POST',
  path: '/wallet/orders/:paymentId/:secret/decision',
  unrecorded: 'the payment and its notification tell it',
  needs: 'nobody',
  params: OrderKey,
  body: z.strictObject({ decision: z.enum(['pay', 'decline']) }),
  returns: OrderView,
  refusals: ['order.closed', 'order.elsewhere'],
})

export const disputeOrder = endpoint({
  summary: 'The payer asks what a payment was for, or wants the money back. The acquirer is told.',
  method: 'POST',
  path: '/wallet/orders/:paymentId/:secret/disputes',
  unrecorded: 'a payer at work, not a change of the center',
  needs: 'nobody',
  params: OrderKey,
  body: z.strictObject({ kind: z.enum(disputeKinds), reason: Text(256) }),
  returns: OrderView,
  refusals: ['dispute.not_possible', 'order.elsewhere'],
})

const WalletKey = z.strictObject({
  secret: z.string().regex(/^[A-Za-z0-9_-]{32}$/, 'the last part of the testWalletUrl'),
})

/** Digits that a merchant scans. All times of the wallet are those of the sandbox's clock, `now` included. */
const PaymentCodeView = z.object({ value: z.string(), expiresAt: Instant })

const WalletPayment = z.object({
  paymentId: z.string(),
  /** Opens the payment's own page: `/wallet/pay/<paymentId>/<secret>`. */
  secret: z.string(),
  product: z.enum(productIds),
  merchantName: z.string(),
  orderDescription: z.string(),
  amount: z.object({ currency: z.string(), value: z.string() }),
  refunded: z.object({ currency: z.string(), value: z.string() }),
  state: z.enum(paymentStates),
  at: Instant,
  expiresAt: Instant,
})

export const WalletView = z.object({
  walletName: z.string(),
  applicationName: z.string(),
  /** Whether the application has a product that reads payment codes. */
  showsCodes: z.boolean(),
  /** Whether it has a product whose codes the payer reads. */
  readsCodes: z.boolean(),
  now: Instant,
  /** The newest code that is neither used nor over; null where there is none. */
  code: PaymentCodeView.nullable(),
  /** What this wallet has agreed to, newest first: twenty at most. */
  agreements: z.array(z.object({ id: z.string(), merchantName: z.string(), since: Instant })),
  /** Orders that wait for the payer, to be decided with `decideOrder`. Newest first. */
  waiting: z.array(WalletPayment),
  /** The last payments that this wallet decided, newest first. */
  payments: z.array(WalletPayment),
})

export const getWallet = endpoint({
  summary: 'The Test Wallet of an application: its payment code, what waits for the payer, and the last payments.',
  method: 'GET',
  path: '/wallet/:secret',
  needs: 'nobody',
  params: WalletKey,
  returns: WalletView,
})

export const newPaymentCode = endpoint({
  summary: 'Shows a new payment code. It works once, for one minute, in this application.',
  method: 'POST',
  path: '/wallet/:secret/codes',
  unrecorded: 'a payer at work, not a change of the center',
  needs: 'nobody',
  params: WalletKey,
  returns: WalletView,
  refusals: ['wallet.no_codes', 'wallet.too_many_codes'],
})

/** The last two parts of the address that `authorizations/prepare` answers. */
const AgreementKey = z.strictObject({
  agreementId: Id('agr'),
  secret: z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'the last part of the address'),
})

const AuthorizationView = z.object({
  merchantName: z.string(),
  walletName: z.string(),
  /** `over`: nobody agreed in time. */
  state: z.enum(['open', 'agreed', 'refused', 'cancelled', 'over']),
  /** Until when the payer can agree, by the clock of the sandbox. */
  expiresAt: Instant,
})

export const getAuthorization = endpoint({
  summary: 'What a merchant asks the payer to agree to: later charges without a confirmation.',
  method: 'GET',
  path: '/wallet/authorizations/:agreementId/:secret',
  needs: 'nobody',
  params: AgreementKey,
  returns: AuthorizationView,
})

export const decideAuthorization = endpoint({
  summary: 'The payer agrees or refuses, once, and goes back to the merchant: with an authCode where he agreed.',
  method: 'POST',
  path: '/wallet/authorizations/:agreementId/:secret/decision',
  unrecorded: 'a payer at work, not a change of the center',
  needs: 'nobody',
  params: AgreementKey,
  body: z.strictObject({ decision: z.enum(['agree', 'refuse']) }),
  returns: AuthorizationView.extend({ redirectUrl: z.string() }),
  refusals: ['agreement.closed'],
})

export const endAgreement = endpoint({
  summary: 'The payer ends an agreement: its tokens are worth nothing any more, and the partner is notified.',
  method: 'DELETE',
  path: '/wallet/:secret/agreements/:agreementId',
  unrecorded: 'a payer at work, not a change of the center',
  needs: 'nobody',
  params: WalletKey.extend({ agreementId: Id('agr') }),
  returns: WalletView,
  refusals: ['agreement.kept', 'agreement.no_answer'],
})

/** What a payer reads off a counter: as much as a QR code holds of it. */
const CodeBody = z.strictObject({
  code: z.string().trim().min(1, 'must not be empty').max(512, 'at most 512 characters'),
})

/** An order to pay or decline, or the page of a merchant to go on with: one of the two. */
const ReadCode = z.object({
  order: z.object({ paymentId: z.string(), secret: z.string() }).nullable(),
  page: z.string().nullable(),
})

export const readCode = endpoint({
  summary:
    'The payer reads a code that a merchant shows: the code of an order leads to the order, the code of a shop to its page.',
  method: 'POST',
  path: '/wallet/:secret/readings',
  unrecorded: 'a payer at work, not a change of the center',
  needs: 'nobody',
  params: WalletKey,
  body: CodeBody,
  returns: ReadCode,
  refusals: ['code.unknown', 'code.no_answer'],
})

// ── accounts of merchants ────────────────────────────────────────────────────────────────────────────────────────────────

const InvitationToken = z.string().regex(/^[A-Za-z0-9_-]{32}$/, 'the last part of the link')

/** A Test Wallet that is one merchant's. */
const MerchantWalletView = WalletView.extend({
  merchant: z.object({ name: z.string(), mid: z.string(), account: z.string() }),
})

export const checkWalletInvitation = endpoint({
  summary: 'Whom the link of an invitation to the Test Wallet is for. Notes that it was opened.',
  method: 'POST',
  path: '/wallet-account/invitation/check',
  needs: 'nobody',
  body: z.strictObject({ token: InvitationToken }),
  returns: z.object({
    merchantName: z.string(),
    applicationName: z.string(),
    partnerName: z.string(),
    account: z.string(),
    expiresAt: Instant,
    /** The account has a password already: this link sets a new one. */
    hasPassword: z.boolean(),
  }),
  unrecorded: 'Accounts of the Test Wallet are test data.',
  refusals: ['wallet.invitation_unknown'],
})

export const acceptWalletInvitation = endpoint({
  summary: "Sets the password of a merchant's account, once for each link. The merchant logs in afterwards.",
  method: 'POST',
  path: '/wallet-account/invitation',
  needs: 'nobody',
  body: z.strictObject({ token: InvitationToken, password: z.string().min(1).max(1000) }),
  returns: z.object({ account: z.string() }),
  unrecorded: 'Accounts of the Test Wallet are test data.',
  refusals: ['wallet.invitation_unknown', ...PASSWORD_REFUSALS],
})

export const logInToWallet = endpoint({
  summary: 'Logs a merchant in to the Test Wallet, with the account number of the invitation.',
  method: 'POST',
  path: '/wallet-account/session',
  needs: 'nobody',
  body: z.strictObject({ account: z.string().max(40), password: z.string().max(1000) }),
  returns: MerchantWalletView,
  unrecorded: 'Accounts of the Test Wallet are test data.',
  refusals: ['wallet.wrong_credentials', 'account.too_many_tries', 'server.busy'],
})

export const logOutOfWallet = endpoint({
  summary: 'Ends the log-in to the Test Wallet.',
  method: 'DELETE',
  path: '/wallet-account/session',
  needs: 'nobody',
  returns: Done,
  unrecorded: 'Accounts of the Test Wallet are test data.',
})

export const getMerchantWallet = endpoint({
  summary: 'The Test Wallet of the merchant who is logged in to it.',
  method: 'GET',
  path: '/wallet-account',
  needs: 'nobody',
  returns: MerchantWalletView,
  refusals: ['wallet.not_logged_in'],
})

export const newMerchantPaymentCode = endpoint({
  summary: "Shows a new payment code in the merchant's Test Wallet.",
  method: 'POST',
  path: '/wallet-account/codes',
  needs: 'nobody',
  returns: MerchantWalletView,
  unrecorded: 'Payments of the sandbox are in its log.',
  refusals: ['wallet.not_logged_in', 'wallet.no_codes', 'wallet.too_many_codes'],
})

export const readMerchantCode = endpoint({
  summary: "The payer reads a code with the merchant's Test Wallet.",
  method: 'POST',
  path: '/wallet-account/readings',
  needs: 'nobody',
  body: CodeBody,
  returns: ReadCode,
  unrecorded: 'Payments of the sandbox are in its log.',
  refusals: ['wallet.not_logged_in', 'code.unknown', 'code.no_answer'],
})

export const endMerchantAgreement = endpoint({
  summary: "The payer ends an agreement of the merchant's Test Wallet.",
  method: 'DELETE',
  path: '/wallet-account/agreements/:agreementId',
  needs: 'nobody',
  params: z.strictObject({ agreementId: Id('agr') }),
  returns: MerchantWalletView,
  unrecorded: 'Payments of the sandbox are in its log.',
  refusals: ['wallet.not_logged_in', 'agreement.kept', 'agreement.no_answer'],
})
