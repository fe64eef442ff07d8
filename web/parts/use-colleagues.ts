import { useQuery } from '@tanstack/react-query'
import { colleaguesWhoMay } from '../../contract/members.ts'
import { query, useMe } from '../api.ts'
import { listed } from '../language.ts'
import { texts } from './texts.ts'
import { type AnyPermission, isPartners } from './use-may.ts'

export type Colleague = { name: string; email: string }

/** Roles change seldom: so long an answer is good enough. */
const STALE_MS = 5 * 60_000

/**
 * Whom the reader can ask, once `wanted`. Undefined while nobody knows, and where the question makes no sense: staff act in no
 * organisation, and their own permissions are given by the operator.
 */
export function useColleagues(permission: AnyPermission, wanted: boolean) {
  const partner = useMe().partner
  const isAsked = wanted && partner !== null && isPartners(permission)
  const asked = isPartners(permission) ? permission : 'application.view' // never sent for a permission of the staff
  const { data, isLoading } = useQuery({
    ...query(colleaguesWhoMay, { query: { permission: asked } }),
    enabled: isAsked,
    staleTime: STALE_MS,
    retry: false,
  })
  return { colleagues: isAsked ? data?.items : undefined, isLoading }
}

/** So many names; the others are counted. */
const MOST = 4

/** Whom to ask, as a sentence for where there is no room for links. */
export function askSentence(colleagues: readonly Colleague[] | undefined): string {
  if (colleagues === undefined) return ''
  if (colleagues.length === 0) return texts.nobodyMay
  const names = listed(colleagues.slice(0, MOST).map(({ name }) => name))
  return colleagues.length > MOST ? texts.askOneOf(names, colleagues.length - MOST) : texts.ask(names)
}
