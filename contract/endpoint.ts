/**
 * An endpoint is a value: server, console, docs and the laws read the same one, and the types follow from it. `needs` is mandatory,
 * so an endpoint that says nothing about who may call it does not compile; `'nobody'` must be written out.
 */
import * as z from 'zod'
import { REFUSALS, type RefusalCode } from '../rules/refusals.ts'
import type { PartnerPermission, StaffPermission } from '../rules/roles.ts'

/**
 * - a permission of the partner's tables, or of the staff's
 * - `session`: anybody who is logged in
 * - `registry`: a system of the network, which has the token of the registry API and no session
 * - `relay`: a listener, which has the token of an application's relay and no session
 * - `nobody`: no session is asked for
 */
export type Need = PartnerPermission | StaffPermission | 'session' | 'registry' | 'relay' | 'nobody'

export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  /** One sentence for the reference. */
  summary: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api, with `:names` for the parts that `params` describes. */
  path: string
  needs: Need
  /** Whether this call asks for a password that was entered within the last minutes: a borrowed session must not be enough. */
  asksProof(input: { params: z.output<P>; query: z.output<Q>; body: z.output<B> }): boolean
  params: P
  query: Q
  body: B
  returns: R
  /** Why a call that is no reading leaves no entry in the audit log. Left out: it leaves one. */
  unrecorded?: string
  /** The codes that this endpoint throws itself; the kernel's own codes need no mention. */
  refusals: readonly RefusalCode[]
}

const Nothing = z.strictObject({})
export type NothingSchema = typeof Nothing

type Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Endpoint<P, Q, B, R>,
  'summary' | 'method' | 'path' | 'needs' | 'returns' | 'unrecorded'
> & {
  asksProof?: (input: { params: z.output<P>; query: z.output<Q>; body: z.output<B> }) => boolean
  params?: P
  query?: Q
  body?: B
  refusals?: readonly RefusalCode[]
}

/** Declares an endpoint. What is left out is empty: no params, no query, no body, no proof, no refusals of its own. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = NothingSchema,
  Q extends z.ZodType = NothingSchema,
  B extends z.ZodType = NothingSchema,
>(spec: Spec<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    refusals: [],
    asksProof: () => false,
    params: Nothing as unknown as P, // the default of P
    query: Nothing as unknown as Q, // the default of Q
    body: Nothing as unknown as B, // the default of B
    ...spec,
  }
}

export type Input<E extends Endpoint> = {
  params: z.output<E['params']>
  query: z.output<E['query']>
  body: z.output<E['body']>
}

/** What a caller writes: the same three, before parsing. */
export type CallInput<E extends Endpoint> = Part<'params', E> & Part<'query', E> & Part<'body', E>
type Part<K extends 'params' | 'query' | 'body', E extends Endpoint> = NothingSchema extends E[K]
  ? { [key in K]?: undefined }
  : { [key in K]: z.input<E[K]> }

export type Output<E extends Endpoint> = z.output<E['returns']>

/** The body of every refusal. `fields` names each wrong value, so that a form can put the message beside it. */
export const RefusalBody = z.object({
  code: z.enum(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]), // keys of a constant
  title: z.string(),
  remedy: z.string(),
  requestId: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  permission: z.string().optional(),
  roles: z.array(z.string()).optional(),
  retryAfterSeconds: z.number().optional(),
})
export type RefusalBody = z.infer<typeof RefusalBody>

/** Every state-changing call carries this header: a foreign page cannot send it without being asked by the browser. */
export const CONSOLE_HEADER = 'x-slipway-console'

/**
 * The organisation that a window shows. All windows of a browser share the session, which may have gone on in another organisation:
 * then a call that names the one before is refused. Without the header nothing is compared.
 */
export const PARTNER_HEADER = 'x-slipway-partner'

/** A call that a page makes by itself, again and again, carries this header: it is no sign that somebody is there. */
export const POLL_HEADER = 'x-slipway-poll'
