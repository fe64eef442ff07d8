import type { Output } from '../../../contract/endpoint.ts'
import type { getPartner } from '../../../contract/partners.ts'

export type Partner = Output<typeof getPartner>
