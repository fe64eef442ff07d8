import type { Output } from '../../../contract/endpoint.ts'
import type { listMerchants, listTestData } from '../../../contract/merchants.ts'
import { payerOutcomes } from '../../../rules/acceptance/case.ts'
import { invitationStates, merchantStatuses } from '../../../rules/merchant.ts'
import { productIds } from '../../../rules/products.ts'
import type { MerchantsView } from '../../paths.ts'

export type Merchants = Output<typeof listMerchants>
export type Merchant = Merchants['items'][number]
export type Tested = Output<typeof listTestData>['items'][number]

export const STATUS_TONES = {
  listed: 'plain',
  processing: 'wait',
  failed: 'bad',
  inactive: 'plain',
  active: 'good',
} as const

export const INVITATION_TONES = {
  none: 'plain',
  queued: 'wait',
  sent: 'info',
  refused: 'bad',
  opened: 'info',
  accepted: 'good',
  expired: 'bad',
  withdrawn: 'plain',
} as const

export const OUTCOME_TONES = { passed: 'good', failed: 'bad', open: 'wait', none: 'plain' } as const

export const TABS = ['accounts', 'list', 'data', 'preference'] as const
export type Tab = (typeof TABS)[number]

export const viewOf = (search: URLSearchParams): MerchantsView => Object.fromEntries(search) // unknown names are passed over

export const tabOf = (view: MerchantsView): Tab => TABS.find((tab) => tab === view.tab) ?? 'accounts'

/** The filters of Test Data, in the same way. */
export function dataFiltersOf(view: MerchantsView) {
  const outcome = payerOutcomes.find((name) => name === view.outcome)
  const product = productIds.find((name) => name === view.product)
  return {
    ...(outcome && { outcome }),
    ...(product && { product }),
    ...(view.search?.trim() && { search: view.search.trim() }),
  }
}

/** The filters as the address has them; what is no value of theirs is passed over. */
export function filtersOf(view: MerchantsView) {
  const status = merchantStatuses.find((name) => name === view.status)
  const invitation = invitationStates.find((name) => name === view.invitation)
  const product = productIds.find((name) => name === view.product)
  const ofTab = tabOf(view) === 'accounts' ? ('invited' as const) : undefined
  return {
    ...((status ?? ofTab) && { status: status ?? ofTab }),
    ...(invitation && { invitation }),
    ...(product && { product }),
    ...(view.search?.trim() && { search: view.search.trim() }),
  }
}
