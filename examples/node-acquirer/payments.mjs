// The life of a payment: started, recovered when an answer is missing, inquired until it is final, cancelled, given back.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { habits } from './habits.mjs'
import { setState } from './shop.mjs'

const STATES = { S: 'SUCCESS', F: 'FAILED', U: 'PAYING' }
const INQUIRIES_MAX = 30

/** `call` is a client of the gateway, `family` the words it speaks; `origin` is how payer and gateway reach us. */
export function paymentsThrough(call, { family, origin, settlementCurrency, pollMs = 2000 }) {
  /** Starts the payment. Whatever goes wrong on the way, the order can be inquired later by its paymentRequestId. */
  async function pay(order) {
    try {
      await startPayment(order)
    } catch (error) {
      order.fault = error.message // no answer that we can believe: the outcome is unknown, not failed
      await recover(order)
    }
    return order
  }

  async function startPayment(order, amount = order.amount) {
    const answer = await call('payments/pay', payRequest(order, amount))
    const { resultCode, resultStatus } = answer.result
    order.paymentId = answer.paymentId ?? order.paymentId
    // With the code of an order the payer gets there by reading it off the counter.
    order.paymentUrl = family.payerPage(answer) ?? answer.orderCodeForm?.codeDetails[0].codeValue ?? order.paymentUrl
    order.fault = resultStatus === 'F' ? resultCode : undefined
    setState(order, STATES[resultStatus])
    return resultCode
  }

  /** Nobody knows what became of the call. Ask; if the payment is under way go on with it, if not see that it never will be. */
  async function recover(order) {
    const known = await inquire(order)
    if (order.state === 'SUCCESS' || order.state === 'FAILED') return
    if (known) await startPayment(order).catch((error) => (order.fault = error.message))
    if (order.paymentUrl) return
    if (habits.cancelsUnanswered) await cancel(order)
    else await startPayment({ ...order, paymentRequestId: `REQ-${randomUUID()}` }).catch(() => undefined)
  }

  /** Asks once. `result` says whether the inquiry worked; the payment's own outcome is `paymentResult`. True if the payment exists. */
  async function inquire(order) {
    try {
      const answer = await call('payments/inquiryPayment', { paymentRequestId: order.paymentRequestId })
      order.inquiries += 1
      const isAnswered = answer.result.resultStatus === 'S'
      order.fault = isAnswered ? undefined : answer.result.resultCode
      const outcome = family.outcome(answer)
      if (!isAnswered || !outcome) return false
      order.paymentId = answer.paymentId ?? order.paymentId
      setState(order, STATES[outcome])
      return true
    } catch (error) {
      order.fault = error.message
      return false
    }
  }

  /** What the shop does for an order whose payment is in process: asks until it is final. */
  async function settle(order) {
    if (!habits.inquiresUnknown) return cancel(order)
    for (let asked = 0; asked < INQUIRIES_MAX; asked++) {
      await inquire(order)
      if (order.state === 'SUCCESS' || order.state === 'FAILED') return
      await wait(pollMs)
    }
  }

  /** Takes the whole payment back. Afterwards it is over: it is inquired, and nothing else. */
  async function cancel(order) {
    const { result } = await call(family.cancelApi, { paymentRequestId: order.paymentRequestId })
    order.fault = result.resultStatus === 'S' ? undefined : result.resultCode
    if (result.resultStatus !== 'S') return
    if (habits.leavesCancelledAlone) await inquire(order)
    else await refund(order, order.amount.value)
    order.state = 'CANCELLED'
  }

  /** Gives back a part, or all of it. What is refused as too large is looked into, and not tried again. */
  async function refund(order, value) {
    const currency = habits.refundsInCurrencyOfPayment ? order.amount.currency : 'EUR'
    const send = (refundRequestId) =>
      call('payments/refund', {
        ...family.paymentToRefund(order),
        refundRequestId,
        refundAmount: { currency, value },
      })
    order.refundRequestId = habits.namesEachRefund ? newRefundId() : (order.refundRequestId ?? newRefundId())
    const { result } = await send(order.refundRequestId)
    if (result.resultCode === 'REFUND_AMOUNT_EXCEED') {
      if (habits.stopsAtRefundLimit) await inquire(order)
      else await send(newRefundId())
    }
    order.fault = result.resultStatus === 'S' ? undefined : result.resultCode
    if (result.resultStatus === 'S') order.refunded = String(BigInt(order.refunded ?? 0) + BigInt(value))
  }

  /** The same call as before, as after a broken connection: the same payment, whatever became of the first one. */
  function repeat(order) {
    if (habits.repeatsUnchanged) return startPayment(order)
    return startPayment(order, { ...order.amount, value: `${order.amount.value}0` })
  }

  function payRequest(order, amount) {
    const inShop = order.scenario !== undefined
    return family.payRequest({
      paymentRequestId: order.paymentRequestId,
      paymentAmount: amount,
      paymentMethod: {
        paymentMethodType: 'CONNECT_WALLET',
        ...((order.code ?? order.token) && { paymentMethodId: order.code ?? order.token }),
      },
      paymentFactor: inShop
        ? { isInStorePayment: true, inStorePaymentScenario: order.scenario }
        : order.token
          ? { isAgreementPayment: true }
          : { isCashierPayment: true },
      order: {
        referenceOrderId: order.referenceOrderId,
        orderDescription: order.description,
        orderAmount: amount,
        merchant: {
          referenceMerchantId: 'M-0001',
          merchantMCC: '5945',
          merchantName: 'Example shop',
          ...(inShop && { store: { referenceStoreId: 'S-0001', storeName: 'Example shop at the quay' } }),
        },
        env: {
          terminalType: order.terminalType,
          ...(order.osType && { osType: order.osType }),
          // Who reads the code of a shop comes with the browser of the wallet.
          ...(order.scenario === 'EntryCode' && { userAgent: order.userAgent }),
        },
      },
      paymentNotifyUrl: `${origin}/notify`,
      ...(order.scenario !== 'PaymentCode' &&
        !order.token && {
          paymentRedirectUrl: `${origin}/return?id=${encodeURIComponent(order.paymentRequestId)}`,
        }),
      ...(settlementCurrency && { settlementStrategy: { settlementCurrency } }),
    })
  }

  return { pay, repeat, inquire, settle, cancel, refund }
}

const newRefundId = () => `REF-${randomUUID()}`
