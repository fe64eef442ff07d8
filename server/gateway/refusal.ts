import { CAUSES, type Cause } from '../../rules/causes.ts'
import type { ResultCode } from '../../rules/results.ts'

/**
 * An expected failure of a gateway call: becomes its `result`, with HTTP 200. The cause has a code and a sentence; `detail` says the
 * same more exactly. One place refuses for one cause, so that the log never says less than the code knows.
 */
export class GatewayRefusal extends Error {
  override name = 'GatewayRefusal'
  readonly code: ResultCode
  readonly reason: Cause
  constructor(reason: Cause, detail?: string) {
    super(detail ?? CAUSES[reason][1])
    this.code = CAUSES[reason][0]
    this.reason = reason
  }
}

/** An agreed input: the answer comes too late on purpose. */
export class HeldRefusal extends GatewayRefusal {
  readonly holdSeconds: number
  constructor(reason: Cause, holdSeconds: number) {
    super(reason)
    this.holdSeconds = holdSeconds
  }
}

/** A field that is not as it must be: `paymentAmount must be …`. */
export function illegal(reason: Cause, path: string, message: string): GatewayRefusal {
  return new GatewayRefusal(reason, `${path} ${message}.`)
}

export const noPayment = () => new GatewayRefusal('payment.unknown')
