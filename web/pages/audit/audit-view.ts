import type { Output } from '../../../contract/endpoint.ts'
import type { listAudit } from '../../../contract/audit.ts'
import { auditActions } from '../../../rules/audit.ts'
import type { AuditView } from '../../paths.ts'

export type Entry = Output<typeof listAudit>['items'][number]

/** Unknown names are passed over by whoever reads the view. */
export const auditViewOf = (search: URLSearchParams): AuditView => Object.fromEntries(search)

/** What the address asks the log for. A value that nobody can mean is left out, not sent and refused. Days are whole ones, in UTC. */
export function filterOf(view: AuditView) {
  const action = auditActions.find((name) => name === view.action)
  const from = dayOf(view.from, 0)
  const to = dayOf(view.to, 1)
  const actor = view.actor?.trim()
  const object = view.object?.trim()
  return {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(object && { object }),
    ...(from && { from }),
    ...(to && { to }),
    ...(view.refusals === 'true' && { refusals: 'true' as const }),
  }
}

const DAY_MS = 86_400_000

function dayOf(text: string | undefined, later: number): string | undefined {
  const date = new Date(`${text}T00:00:00.000Z`)
  return Number.isNaN(date.getTime()) ? undefined : new Date(date.getTime() + later * DAY_MS).toISOString()
}

/** The chain that staff asked for: a partner's, or the center's own; undefined for all. */
export function chainOf({ chain }: AuditView): string | undefined {
  return chain === 'center' || /^ptn_[0-9a-f]{32}$/.test(chain ?? '') ? chain : undefined
}

export const cursorOf = ({ cursor }: AuditView) => (cursor ? { cursor } : {})

export const isFiltered = (view: AuditView) => Object.keys(filterOf(view)).length > 0
