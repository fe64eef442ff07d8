/** The Test Wallet: the payer's side of a cashier payment. The secret in the address is what lets a payer in. */
import * as z from 'zod'
import { paymentStates } from '../rules/payment.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './wire.ts'

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
  state: z.enum(paymentStates),
  expiresAt: Instant,
  /** Where the payer goes back to; null when the partner gave no paymentRedirectUrl. */
  redirectUrl: z.string().nullable(),
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
  needs: 'nobody',
  params: OrderKey,
  body: z.strictObject({ decision: z.enum(['pay', 'decline']) }),
  returns: OrderView,
  refusals: ['order.closed'],
})
