import { RESULTS, type ResultCode } from '../../rules/results.ts'

/** An expected failure of a gateway call: becomes its `result`, with HTTP 200. */
export class GatewayRefusal extends Error {
  override name = 'GatewayRefusal'
  readonly code: ResultCode
  readonly detail: string | undefined
  constructor(code: ResultCode, detail?: string) {
    super(detail ?? RESULTS[code][1])
    this.code = code
    this.detail = detail
  }
}

/** An agreed input: the answer comes too late on purpose. */
export class HeldRefusal extends GatewayRefusal {
  readonly holdSeconds: number
  constructor(code: ResultCode, holdSeconds: number) {
    super(code)
    this.holdSeconds = holdSeconds
  }
}

export function illegal(path: string, message: string): GatewayRefusal {
  return new GatewayRefusal('PARAM_ILLEGAL', `${path} ${message}.`)
}
