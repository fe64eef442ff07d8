/**
 * A receiver that does what docs/guide/notifications.md tells it to, and nothing else: notifications may come late, twice and in any
 * order, and what its own calls were answered it knows already.
 */
type Json = Record<string, unknown>
type Order = { outcome: 'open' | 'paid' | 'failed' | 'cancelled'; refunds: Map<string, number> }

export class ModelReceiver {
  private readonly orders = new Map<string, Order>()
  /** Which order a refund belongs to: the receiver has asked for it. */
  private readonly refundedOrder = new Map<string, string>()

  private order(id: string): Order {
    const known = this.orders.get(id) ?? { outcome: 'open', refunds: new Map() }
    this.orders.set(id, known)
    return known
  }

  /** The answer to its own cancel: stronger than any outcome that is told later. */
  cancelled(paymentRequestId: string): void {
    this.order(paymentRequestId).outcome = 'cancelled'
  }

  /** It is about to ask for a refund. */
  asksRefund(paymentRequestId: string, refundRequestId: string): void {
    this.refundedOrder.set(refundRequestId, paymentRequestId)
  }

  take(body: Json): void {
    if (typeof body.refundRequestId === 'string') {
      this.takeRefund(body.refundRequestId, body)
      return
    }
    const order = this.order(String(body.paymentRequestId))
    // Final is final: a notification moves an open order only.
    if (order.outcome !== 'open') return
    const { resultStatus } = (body.paymentResult ?? body.result) as { resultStatus: string } // by its family
    order.outcome = resultStatus === 'S' ? 'paid' : 'failed'
  }

  /** By its own id, once; it says nothing of the order's outcome. */
  private takeRefund(refundRequestId: string, { refundAmount }: Json): void {
    const order = this.order(this.refundedOrder.get(refundRequestId) ?? '')
    order.refunds.set(refundRequestId, Number((refundAmount as { value: string }).value)) // as the protocol writes it
  }

  stateOf(paymentRequestId: string): { outcome: Order['outcome']; refunded: number } {
    const { outcome, refunds } = this.order(paymentRequestId)
    return { outcome, refunded: [...refunds.values()].reduce((sum, value) => sum + value, 0) }
  }
}
