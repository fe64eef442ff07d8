/** What the Test Merchant does, by either way, and what came of it: signed here with a throw-away key, or asked of the partner's server. */
import { useRef, useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import { addThrowAwayKey, callMerchant, type listTransactions } from '../../../contract/test-merchant.ts'
import type { Family } from '../../../rules/interfaces.ts'
import type { Own, PayKind } from '../../../rules/samples.ts'
import {
  type MerchantCall,
  merchantUri,
  ORDER_OF,
  type Order,
  payBody,
  plainBody,
  refundBody,
  tokenBody,
  type WireAmount,
} from '../../../rules/test-merchant.ts'
import { ApiError, call, type Problem, queryClient } from '../../api.ts'
import { makeThrowAwayKey } from '../../parts/environment/make-pair.ts'
import { canUseKeys, type PrivateKey } from '../../parts/environment/private-key.ts'
import { paths } from '../../paths.ts'
import { type Answer, sendSigned } from '../itest/send-signed.ts'

export type Transaction = Output<typeof listTransactions>['items'][number]
export type Way = 'key' | 'server'
/** What every part of the page goes by: all of it stands in the address. */
export type Chosen = { applicationId: string; way: Way; family: Family; kind: PayKind; kinds: PayKind[] }

type Payment = Pick<Transaction, 'paymentRequestId' | 'paymentId' | 'family'>
export type Act =
  | { action: 'order'; order: Order }
  | { action: 'authorize' }
  | { action: 'token'; authCode: string }
  | { action: 'query' | 'cancel'; payment: Payment }
  | { action: 'refund'; payment: Payment; amount: WireAmount }

type ServerAnswer = Output<typeof callMerchant>

export type Done = {
  action: Act['action']
  /** Of the gateway, to this page. */
  answer?: Answer
  /** Of the partner's server, to the center. */
  served?: ServerAnswer
  problem?: Problem
  isLost?: true
}

type Merchant = { applicationId: string; way: Way; family: Family }
type Signer = { key: PrivateKey; clientId: string; networkPublicKey: string; endsAt: string }

/** One thing after the other: what was done last is shown until the next. */
export function useMerchant(merchant: Merchant, onDone?: (done: Done) => void) {
  const signer = useRef<Signer>(undefined)
  const [isBusy, setBusy] = useState(false)
  const [done, setDone] = useState<Done>()
  const act = async (wish: Act) => {
    setBusy(true)
    setDone(undefined)
    const work = merchant.way === 'server' ? askServer(merchant, wish) : signHere(merchant, signer, wish)
    const came = await work.catch(
      (error: unknown): Partial<Done> => (error instanceof ApiError ? { problem: error.problem } : { isLost: true }),
    )
    const all = { ...came, action: wish.action }
    setDone(all)
    setBusy(false)
    onDone?.(all)
    await queryClient.invalidateQueries()
  }
  return { act, isBusy, done }
}

/** A page that is not secure has no keys. */
export const canSign = canUseKeys

type Holder = { current: Signer | undefined }

async function signHere({ applicationId, family }: Merchant, signer: Holder, wish: Act) {
  const { key, clientId, networkPublicKey } = await signerIn(signer, applicationId)
  const { name, spoken, body } = callOf(wish, family, applicationId)
  // Public clients name version 1, whichever key they sign with.
  const sent = { uri: merchantUri(name, spoken), clientId, keyVersion: 1, body: JSON.stringify(body), more: {} }
  const { answer } = await sendSigned(sent, key, networkPublicKey)
  // Without a signature: the sandbox does not take the key any more. The next call makes another one.
  if (answer.signedText === null) signer.current = undefined
  return { answer }
}

/** Made for the first call of the page, and anew when it has ended. */
async function signerIn(signer: Holder, applicationId: string): Promise<Signer> {
  const { current } = signer
  if (current !== undefined && Date.parse(current.endsAt) > Date.now()) return current
  const key = await makeThrowAwayKey()
  const added = await call(addThrowAwayKey, { params: { applicationId }, body: { publicKey: key.publicKey } })
  signer.current = { ...added, key }
  return signer.current
}

type Signed = { name: MerchantCall; spoken: Family; body: Record<string, unknown> }

/** A payment is asked about in the words that it was made in. */
function callOf(wish: Act, family: Family, applicationId: string): Signed {
  const own = ownOf(wish, applicationId, family)
  switch (wish.action) {
    case 'order':
      return { name: 'pay', spoken: family, body: payBody(family, wish.order, own) }
    case 'authorize':
      return { name: 'authorize', spoken: family, body: plainBody('authorize', family, own) }
    case 'token':
      return { name: 'token', spoken: family, body: tokenBody(family, wish.authCode, own) }
    case 'refund':
      return { name: 'refund', spoken: wish.payment.family, body: refundBody(wish.payment.family, wish.amount, own) }
    default:
      return { name: wish.action, spoken: wish.payment.family, body: plainBody(wish.action, wish.payment.family, own) }
  }
}

/** Fresh ids, and those of the payment that it is about. The payer comes back to this page. */
function ownOf(wish: Act, applicationId: string, family: Family): Own {
  const { paymentRequestId, paymentId } =
    'payment' in wish ? wish.payment : { paymentRequestId: undefined, paymentId: undefined }
  const order = wish.action === 'order' ? wish.order.kind : 'auto_debit'
  return {
    id: (beginning) => `${beginning}-${crypto.randomUUID()}`,
    paymentRequestId,
    paymentId,
    refundRequestId: undefined,
    returnUrl: window.location.origin + paths.testMerchant(applicationId, { order, way: 'key', family }),
  }
}

const NOTHING = {
  product: null,
  scenario: null,
  title: null,
  amount: null,
  code: null,
  paymentRequestId: null,
  paymentId: null,
}

async function askServer({ applicationId }: Merchant, wish: Act) {
  if (wish.action === 'token') throw new Error('A server takes the token by itself.')
  const body = { ...NOTHING, action: wish.action, ...wishOf(wish) }
  return { served: await call(callMerchant, { params: { applicationId }, body }) }
}

function wishOf(wish: Exclude<Act, { action: 'token' }>) {
  if (wish.action === 'authorize') return {}
  if (wish.action === 'order') {
    const { kind, title, amount, code } = wish.order
    return { ...ORDER_OF[kind], title, amount, code: code ?? null }
  }
  const { paymentRequestId, paymentId } = wish.payment
  return { paymentRequestId, paymentId, ...(wish.action === 'refund' ? { amount: wish.amount } : {}) }
}

/** Where the payer goes on, or what he reads, by either way. */
export function payerWay({ answer, served }: Done): { url?: string; code?: string } {
  if (served?.answer) {
    const { normalUrl, code } = served.answer
    return { ...(normalUrl === null ? {} : { url: normalUrl }), ...(code === null ? {} : { code }) }
  }
  const { paymentUrl, normalUrl, authUrl, orderCodeForm } = (answer?.content ?? {}) as GatewayAnswer // by the gateway itself
  const url = paymentUrl ?? normalUrl ?? authUrl
  const code = orderCodeForm?.codeDetails[0]?.codeValue
  return { ...(url === undefined ? {} : { url }), ...(code === undefined ? {} : { code }) }
}

type GatewayAnswer = {
  paymentUrl?: string
  normalUrl?: string
  authUrl?: string
  orderCodeForm?: { codeDetails: { codeValue: string }[] }
}
