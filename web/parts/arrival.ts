/** What a page needs before it is drawn: its code, that of the frame around it, and what its loader lists. */
import { me } from '../../contract/accounts.ts'
import { query, queryClient } from '../api.ts'
import { once } from '../once.ts'
import type { Loader } from '../page.ts'
import { findRoute } from '../routes.tsx'

type Query = ReturnType<Loader>[number]

export const loadFrame = once(() => import('./frame/Frame.tsx'))

/** Asks beside something else that is waited for, not after it. */
export function ask(query: Query): void {
  if (queryClient.getQueryState(query.queryKey) === undefined) void prefetch(query)
}

function prefetch(query: Query): Promise<void> {
  return queryClient.prefetchQuery({ ...query, queryFn: query.queryFn as NonNullable<typeof query.queryFn> }) // query() always has one
}

/**
 * Waits until the first page can be drawn at once. Until then index.html's own skeleton stands there: React would hold a page back for
 * 300 ms once it has drawn one itself. What fails here is asked for again by the page, which knows what to say of it.
 */
export async function firstPage(): Promise<void> {
  const { route, params } = findRoute(window.location.pathname)
  const at = { params, search: new URLSearchParams(window.location.search) }
  const isInside = route.frame === 'console'
  try {
    const [module, reader] = await Promise.all([
      route.module(),
      isInside ? queryClient.fetchQuery(query(me)) : undefined,
      isInside ? loadFrame() : undefined,
    ])
    await Promise.all(module.loader({ ...at, me: reader }).map(prefetch))
  } catch {
    // The page itself runs into it.
  }
  queryClient.removeQueries({ predicate: ({ state }) => state.status === 'error' })
}
