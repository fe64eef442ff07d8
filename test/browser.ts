/** A person's browser as far as the API goes: cookies are kept, every call comes from the center's own pages. */
import type { CallInput, Endpoint, Output, RefusalBody } from '../contract/endpoint.ts'
import { CONSOLE_HEADER } from '../contract/endpoint.ts'
import { plant, secretsIn } from './secrets.ts'

export type Reply<T = unknown> = { status: number; headers: Headers; body: T & RefusalBody; text: string }

export class TestBrowser {
  readonly origin: string
  readonly cookies = new Map<string, string>()
  constructor(origin: string) {
    this.origin = origin
  }

  async call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Reply<Output<E>>> {
    const { params = {}, query = {}, body } = input as { params?: object; query?: object; body?: unknown } // the union's widest form
    return this.send(endpoint.method, `/api${pathOf(endpoint.path, params)}${queryOf(query)}`, body)
  }

  /** Calls and insists on success. */
  async do<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Output<E>> {
    const reply = await this.call(endpoint, input)
    if (reply.status !== 200)
      throw new Error(`${endpoint.method} ${endpoint.path} answered ${reply.status}: ${reply.text}`)
    return reply.body
  }

  async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.origin,
        [CONSOLE_HEADER]: '1',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bytesOf(body) }),
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    const text = await response.text()
    const leaked = secretsIn(text)
    if (leaked.length > 0) throw new Error(`${method} ${path} answered with a secret: ${leaked.join(', ')}`)
    const isJson = text !== '' && /^application\/json(;|$)/.test(response.headers.get('content-type') ?? '') // a HEAD has no body
    const json = isJson ? JSON.parse(text) : {}
    return { status: response.status, headers: response.headers, body: json, text }
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || /max-age=0/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name)
    else {
      this.cookies.set(name, value)
      plant(`cookie ${name}`, value)
    }
  }
}

const typeOf = (body: unknown) => (body instanceof Uint8Array ? 'application/octet-stream' : 'application/json')

/** A file as it is, a text as it is, anything else as JSON. */
function bytesOf(body: unknown): BodyInit {
  if (body instanceof Uint8Array) return new Uint8Array(body)
  return typeof body === 'string' ? body : JSON.stringify(body)
}

export function pathOf(path: string, params: object): string {
  return path.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  )
}

function queryOf(query: object): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}
