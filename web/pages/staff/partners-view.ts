import type { CallInput, Output } from '../../../contract/endpoint.ts'
import type { listPartners } from '../../../contract/partners.ts'
import { stages, trialStates } from '../../../rules/stage.ts'
import type { PartnersView } from '../../paths.ts'

export type ListedPartner = Output<typeof listPartners>['items'][number]

/** Unknown names are passed over by whoever reads the view. */
export const partnersViewOf = (search: URLSearchParams): PartnersView => Object.fromEntries(search)

/** What the address asks for. A value that nobody can mean is left out, not sent and refused. */
export function partnersWanted(search: URLSearchParams): CallInput<typeof listPartners> {
  const view = partnersViewOf(search)
  const stage = stages.find((name) => name === view.stage)
  const trial = trialStates.find((name) => name === view.trial)
  const text = view.search?.trim()
  return {
    query: {
      ...(stage && { stage }),
      ...(trial && { trial }),
      ...(text && { search: text }),
      ...(view.cursor && { cursor: view.cursor }),
    },
  }
}

const DAY_MS = 86_400_000

export const daysSince = (at: string): number => Math.max(0, Math.floor((Date.now() - Date.parse(at)) / DAY_MS))
