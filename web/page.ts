/** What a page module is: what it needs before it is drawn, and how it is drawn. The site map is in routes.tsx. */
import type { UseSuspenseQueryOptions } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiError, Me } from './api.ts'

export type Params = Readonly<
  Record<'applicationId' | 'partnerId' | 'requestId' | 'paymentId' | 'agreementId' | 'secret', string>
>

/** Where the reader is. `me` is there on every page inside the console's frame. */
export type At = { params: Params; search: URLSearchParams; me: Me | undefined }

// biome-ignore lint/suspicious/noExplicitAny: the list holds queries of every type
export type Loader = (at: At) => UseSuspenseQueryOptions<any, ApiError, any, any>[]

export type PageModule = {
  loader: Loader
  Page: (at: At) => ReactNode
  /** Replaces the general error page where a page can say more. */
  Failed?: (problem: { error: ApiError }) => ReactNode
}
