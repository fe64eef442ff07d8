// The merchant API that the Test Merchant of the developer center calls: one path, one JSON object each way. It is a part of our shop
// like any other: what it does for a payer is what the shop does for him.
import { agreement } from './agreements.mjs'
import { makeOrder, orders } from './shop.mjs'

const WORDS = {
  NEW: 'PROCESSING',
  PAYING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  FAILED: 'CANCELLED',
  CANCELLED: 'CANCELLED',
}

/** What is answered of an order. The code of an order is read off the counter, every other address is opened. */
function answerOf(order) {
  const isCode = order.scenario === 'OrderCode'
  const isOpen = order.state === 'NEW' || order.state === 'PAYING'
  return {
    paymentRequestId: order.paymentRequestId,
    paymentId: order.paymentId,
    status: order.refunded && order.state !== 'CANCELLED' ? 'REFUND' : WORDS[order.state],
    ...(isOpen && order.paymentUrl && (isCode ? { code: order.paymentUrl } : { normalUrl: order.paymentUrl })),
    message: order.fault,
  }
}

export function merchantApi({ payments, agreements }) {
  /** An order that another server has made, or that we have forgotten, is one of ours all the same. */
  const find = ({ paymentRequestId, paymentId, amount }) =>
    orders.get(paymentRequestId) ?? { paymentRequestId, paymentId, amount, state: 'PAYING', inquiries: 0 }

  const actions = {
    async order({ product, scenario, title, amount, code }) {
      if (product === 'auto_debit' && !agreement.accessToken)
        return { status: 'CANCELLED', message: 'The payer has not agreed yet.' }
      const token = product === 'auto_debit' ? agreement.accessToken : undefined
      const userAgent = 'Test Merchant' // who reads the code of a shop comes with a browser
      return answerOf(await payments.pay(makeOrder({ description: title, amount, code, scenario, token, userAgent })))
    },
    async authorize() {
      const normalUrl = await agreements.ask()
      return { status: normalUrl ? 'PROCESSING' : 'CANCELLED', normalUrl, message: agreement.fault }
    },
    async query(wish) {
      const order = find(wish)
      await payments.inquire(order)
      return answerOf(order)
    },
    async cancel(wish) {
      const order = find(wish)
      await payments.cancel(order)
      return answerOf(order)
    },
    async refund(wish) {
      const order = find(wish)
      await payments.refund(order, wish.amount.value)
      return answerOf(order)
    },
  }

  return (wish) => {
    const act = Object.hasOwn(actions, wish.action) ? actions[wish.action] : undefined
    if (!act) throw new Error(`There is no action ${wish.action}.`)
    return act(wish)
  }
}
