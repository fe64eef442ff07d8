/**
 * The only door to the server. A page reads with `useLoaded` what its loader asked for, and changes things with `useSend`. Answers
 * are not parsed again: server and console are built from the same contract.
 */
import { QueryClient, queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { navigate } from 'wouter/use-browser-location'
import { me } from '../contract/accounts.ts'
import {
  type CallInput,
  CONSOLE_HEADER,
  type Endpoint,
  type Need,
  type Output,
  PARTNER_HEADER,
  POLL_HEADER,
  type RefusalBody,
} from '../contract/endpoint.ts'
import { LANGUAGES } from '../rules/languages.ts'
import { language } from './language.ts'
import { plainTexts as texts } from './parts/plain-texts.ts'
import { paths } from './paths.ts'
import { askProof, dropProof } from './proof.ts'

export type Problem = Omit<RefusalBody, 'code'> & { code: RefusalBody['code'] | 'network.unreachable' }

/** The one type of every failed call. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly problem: Problem
  /** What the call needs: a permission, where the refusal says that one is missing. */
  readonly needs: Need | undefined
  constructor(status: number, problem: Problem, needs?: Need) {
    super(problem.title)
    this.status = status
    this.problem = problem
    this.needs = needs
  }
}

const UNREACHABLE: Problem = {
  code: 'network.unreachable',
  title: texts.unreachable,
  remedy: texts.unreachableRemedy,
  requestId: '',
}

const unreadable = (response: Response): Problem => ({
  code: 'server.failed',
  title: texts.unreadable,
  remedy: texts.unreadableRemedy,
  requestId: response.headers.get('x-request-id') ?? '',
})

// biome-ignore lint/complexity/noBannedTypes: {} asks here whether the input may be left out
type Args<E extends Endpoint> = {} extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>]
type Parts = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

function urlOf(endpoint: Endpoint, { params = {}, query = {} }: Parts): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return `/api${path}${search.size === 0 ? '' : `?${search}`}`
}

/**
 * What index.html has asked for already, while this code was on its way. Each answer is used once, and what is asked for here is not
 * asked for there any more: an answer that nobody took would later pass for a new one.
 */
function takeFirst(url: string): Promise<Response> | undefined {
  const { slipwayFirst = {} } = globalThis as { slipwayFirst?: Record<string, Promise<Response> | undefined> } // set by that script
  const answer = slipwayFirst[url]
  slipwayFirst[url] = undefined
  return answer
}

/** The organisation that this window shows; none for staff, and before anybody is known. */
const shownPartner = () => queryClient.getQueryData(query(me).queryKey)?.partner?.id

type Manner = { signal?: AbortSignal; isPoll?: boolean }

async function fetchFor(endpoint: Endpoint, parts: Parts, { signal, isPoll = false }: Manner): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': LANGUAGES[language].tag,
    [CONSOLE_HEADER]: '1',
  }
  if (isPoll) headers[POLL_HEADER] = '1'
  const partnerId = shownPartner()
  if (partnerId !== undefined) headers[PARTNER_HEADER] = partnerId
  const isFile = parts.body instanceof Uint8Array
  if (parts.body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json'
  const request: RequestInit = { method: endpoint.method, headers }
  if (parts.body !== undefined) request.body = isFile ? (parts.body as BodyInit) : JSON.stringify(parts.body) // just looked at
  if (signal) request.signal = signal
  const url = urlOf(endpoint, parts)
  const asked = (endpoint.method === 'GET' && takeFirst(url)) || fetch(url, request)
  return asked.catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiError(0, UNREACHABLE)
  })
}

async function ask(endpoint: Endpoint, parts: Parts, manner: Manner): Promise<unknown> {
  const response = await fetchFor(endpoint, parts, manner)
  if (response.ok && response.headers.has('content-disposition')) return saveFile(response)
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer
  const readable = typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer
  const problem = readable ? (answer as Problem) : unreadable(response) // shaped as by the contract
  throw new ApiError(response.status, problem, endpoint.needs)
}

/** An answer that is a file is saved under the name that the server gives it. */
async function saveFile(response: Response): Promise<undefined> {
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The address of a file that a plain link can save. */
export function fileAddress<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): string {
  return urlOf(endpoint, (input ?? {}) as Parts) // CallInput always has this shape
}

/** Everybody whose session has ended is led to the log-in page, and back to where he was. */
function leadToLogIn(error: unknown): void {
  const ended = error instanceof ApiError && error.problem.code === 'session.missing'
  const { pathname, search } = window.location
  if (!ended || pathname === paths.logIn()) return
  // Whoever was at work is told why he stands here; whoever just opened the console is not.
  const wasAtWork = queryClient.getQueryData(query(me).queryKey) !== undefined
  dropProof()
  queryClient.removeQueries({ queryKey: query(me).queryKey })
  navigate(paths.logIn(pathname + search), { replace: true, state: wasAtWork ? { ended: true } : null })
}

/**
 * Another window has gone over to another organisation, and took the session with it. This one begins anew at the home page, as the
 * other did: what it shows and holds is not of the organisation that it would act on. The home page says why.
 */
function leadHome(error: unknown): void {
  if (!(error instanceof ApiError) || error.problem.code !== 'session.other_organisation') return
  navigate(paths.home(), { replace: true, state: { wentOver: true } })
  window.location.reload()
}

async function callWith<E extends Endpoint>(endpoint: E, input: unknown, manner: Manner = {}): Promise<Output<E>> {
  try {
    return (await ask(endpoint, (input ?? {}) as Parts, manner)) as Output<E> // the server strips its answers to the contract
  } catch (error) {
    const isProofAsked = error instanceof ApiError && error.problem.code === 'session.proof_needed'
    if (isProofAsked && (await askProof())) return callWith(endpoint, input, manner)
    leadToLogIn(error)
    leadHome(error)
    throw error
  }
}

export function call<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): Promise<Output<E>> {
  return callWith(endpoint, input)
}

/** A call that the page makes by itself: it does not keep the session alive. */
export function poll<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): Promise<Output<E>> {
  return callWith(endpoint, input, { isPoll: true })
}

/** What a loader lists and a page reads. The key begins with the endpoint's path. */
export function query<E extends Endpoint>(endpoint: E, ...[input]: Args<E>) {
  const { params, query: search } = (input ?? {}) as Parts // CallInput always has this shape
  return queryOptions<Output<E>, ApiError>({
    queryKey: [endpoint.path, params ?? {}, search ?? {}],
    queryFn: ({ signal }) => callWith(endpoint, input, { signal }),
  })
}

/** Reads what the loader of the page has fetched: there is no "still loading" inside a page. */
export function useLoaded<E extends Endpoint>(endpoint: E, ...[input]: Args<E>): Output<E> {
  return useSuspenseQuery(query(endpoint, ...([input] as Args<E>))).data // the same tuple again
}

/** As `useLoaded`, asked again every so many milliseconds; `false` pauses. `lost` while the server does not answer. */
export function useLive<E extends Endpoint>(everyMs: number | false, endpoint: E, ...[input]: Args<E>) {
  const options = query(endpoint, ...([input] as Args<E>)) // the same tuple again
  const result = useSuspenseQuery({
    ...options,
    refetchInterval: everyMs,
    // Asking by itself is no sign that somebody is there: the session's idle time goes on.
    queryFn: ({ signal }) => callWith(endpoint, input, { signal, isPoll: everyMs !== false }),
  })
  return { data: result.data, lost: result.error !== null }
}

/** Changes something. Whatever is on the screen is asked again before `onDone`, so that nothing stale is shown. */
export function useSend<E extends Endpoint>(endpoint: E, onDone?: (output: Output<E>) => void) {
  const client = useQueryClient()
  return useMutation<Output<E>, ApiError, CallInput<E>>({
    mutationFn: (input) => callWith(endpoint, input),
    onSuccess: async (output) => {
      await client.invalidateQueries()
      onDone?.(output)
    },
  })
}

/** Whom we draw the console for. Every console page's loader begins with it. */
export function useMe(): Output<typeof me> {
  return useLoaded(me)
}
export type Me = Output<typeof me>

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
      retryDelay: 400,
      refetchOnWindowFocus: true,
    },
  },
})
