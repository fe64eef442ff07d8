import type { Endpoint, Input, Output } from '../../contract/endpoint.ts'
import type { Ctx } from '../context.ts'

/** What a route may do with HTTP besides answering: cookies in, cookies out, and who is calling. */
export type Http = {
  address: string
  userAgent: string
  cookie(name: CookieName): string | undefined
  setCookie(name: CookieName, value: string, maxAgeSeconds?: number): void
  clearCookie(name: CookieName): void
  /** Aborts when the caller is gone before he has his answer. */
  gone(): AbortSignal
}

export type CookieName = 'session' | 'browser' | 'reset' | 'wallet'

export type Binding = { endpoint: Endpoint; handle: (ctx: Ctx, input: never, http: Http) => Promise<unknown> }

/** Ties an endpoint to its use case. The types of both follow from the contract. */
export function bind<E extends Endpoint>(
  endpoint: E,
  handle: (ctx: Ctx, input: Input<E>, http: Http) => Promise<Output<E>>,
): Binding {
  return { endpoint, handle }
}
