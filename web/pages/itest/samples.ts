/** Which call the page opens with, and its body with the application's own values. */
import type { Output } from '../../../contract/endpoint.ts'
import type { getExchange } from '../../../contract/log.ts'
import { FAMILIES, interfaceAt } from '../../../rules/interfaces.ts'
import type { Own, Sample } from '../../../rules/samples.ts'
import { paths } from '../../paths.ts'
import { texts } from './texts.ts'

export type Ids = Pick<Own, 'paymentRequestId' | 'paymentId' | 'refundRequestId'>
type Logged = Pick<Output<typeof getExchange>, 'uri'>

export const uriOf = ({ family, api }: Sample): string => `${FAMILIES[family].prefixes[0]}${api}`

export const nameOf = ({ api, kind }: Sample): string => (kind === null ? api : `${api} · ${texts.kinds[kind]}`)

/** Fresh ids, and those of the calls before where a call is about a payment that is there. A payer who comes back sees what was told. */
export function bodyOf(sample: Sample, applicationId: string, ids: Ids): string {
  const own = {
    ...ids,
    id: (beginning: string) => `${beginning}-${crypto.randomUUID()}`,
    returnUrl: window.location.origin + paths.notifications(applicationId),
  }
  return JSON.stringify(sample.body(own), null, 2)
}

/** The sample of the interface that a call of the log was for. */
export function sampleLike({ uri }: Logged, samples: readonly Sample[]): Sample | undefined {
  const called = interfaceAt(uri)
  return samples.find(({ family, api }) => family === called?.family && api === called.api)
}

const AFTER_PAY = ['payments/inquiryPayment', 'payments/cancelPayment', 'payments/cancel', 'payments/refund']

/** What is usually called about a payment that is there. */
export function nextOf(done: Sample, samples: readonly Sample[]): Sample[] {
  const isNext = ({ id, family, api }: Sample) => id !== done.id && family === done.family && AFTER_PAY.includes(api)
  return done.api.startsWith('payments/') && done.side === 'acquirer' ? samples.filter(isNext) : []
}
