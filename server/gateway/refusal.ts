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
