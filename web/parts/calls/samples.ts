import type { ApplicationView } from '../../../contract/applications.ts'
import { type Sample, SAMPLES } from '../../../rules/samples.ts'

/** Those that an application of this type with these products may call. */
export function samplesFor({ partnerType, products }: ApplicationView): Sample[] {
  const side = partnerType === 'wallet' ? 'wallet' : 'acquirer'
  const has = (sample: Sample) =>
    sample.products === null || sample.products.some((id) => products.some((product) => product.id === id))
  return SAMPLES.filter((sample) => sample.side === side && has(sample))
}
