import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, use, useDeferredValue, useEffect, useRef } from 'react'
import { useSearch } from 'wouter'
import { usePathname } from 'wouter/use-browser-location'
import { me } from '../../contract/accounts.ts'
import { query } from '../api.ts'
import type { At, Loader } from '../page.ts'
import { findRoute, type Route } from '../routes.tsx'
import { ask, loadFrame } from './arrival.ts'
import { Boundary } from './Boundary.tsx'
import classes from './root.module.css'
import { Skeleton } from './Skeleton.tsx'

/**
 * Goes where the address points. The page on the screen stays until the next one has its code and its data: React draws the deferred
 * address in the background and shows it when nothing in it waits any more.
 */
export function Root() {
  const pathname = usePathname()
  const search = useSearch()
  const href = search === '' ? pathname : `${pathname}?${search}`
  const shown = useDeferredValue(href)
  return (
    <>
      {shown !== href && <div className={classes.pending} />}
      <Boundary resetKey={shown}>
        <Suspense fallback={<Skeleton />}>
          <Arrive href={shown} />
        </Suspense>
      </Boundary>
    </>
  )
}

function Arrive({ href }: { href: string }) {
  const { pathname, searchParams } = new URL(href, window.location.origin)
  const { route, params } = findRoute(pathname)
  const at: At = { params, search: searchParams, me: undefined }
  useFocusOnArrival(pathname)
  // Fetched beside the frame, not after it. Who waits for it hears of a failure.
  route.module().catch(() => undefined)
  if (route.frame === 'plain') return <Here route={route} at={at} href={href} key={pathname} />
  ask(query(me))
  const { Frame } = use(loadFrame())
  return (
    <Frame at={at} band={route.band} pathname={pathname}>
      {(me) => <Here route={route} at={{ ...at, me }} href={href} key={pathname} />}
    </Frame>
  )
}

function Here({ route, at, href }: { route: Route; at: At; href: string }) {
  const module = use(route.module())
  return (
    <Boundary resetKey={href} Failed={module.Failed}>
      <Loaded queries={module.loader(at)}>
        <module.Page {...at} />
      </Loaded>
    </Boundary>
  )
}

type LoadedProps = { queries: ReturnType<Loader>; children: ReactNode }

/** Draws the page when everything that its loader lists is there. All are asked at once, then waited for one by one. */
function Loaded({ queries: [first, ...others], children }: LoadedProps) {
  for (const other of others) ask(other)
  if (first === undefined) return children
  return (
    <Waiting query={first}>
      <Loaded queries={others}>{children}</Loaded>
    </Waiting>
  )
}

function Waiting({ query, children }: { query: ReturnType<Loader>[number]; children: ReactNode }) {
  useSuspenseQuery(query)
  return children
}

/** A new page is read from its top, by eye and by screen reader. */
function useFocusOnArrival(pathname: string): void {
  const left = useRef(pathname)
  useEffect(() => {
    if (left.current === pathname) return
    left.current = pathname
    window.scrollTo(0, 0)
    const main = document.getElementById('main')
    if (!main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
  }, [pathname])
}
