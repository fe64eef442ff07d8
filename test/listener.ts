/** A listener of the relay as a test needs it: it polls and answers by hand, so that every moment can be chosen. */
import type { CallInput, Endpoint, Output } from '../contract/endpoint.ts'
import { answerRelayCall, newRelayToken, type RelayCall, takeRelayCalls } from '../contract/relays.ts'
import type { Reply, TestBrowser } from './browser.ts'
import { plant } from './secrets.ts'

export class TestListener {
  readonly name: string
  readonly token: string
  private readonly origin: string
  constructor(origin: string, token: string, name = 'listener-one') {
    this.origin = origin
    this.token = token
    this.name = name
  }

  private async call<E extends Endpoint>(endpoint: E, body: CallInput<E>['body'], signal?: AbortSignal) {
    const response = await fetch(`${this.origin}/api${endpoint.path}`, {
      method: endpoint.method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: JSON.parse(text), text } as Reply<Output<E>>
  }

  take(wish: { most?: number; waitSeconds?: number } = {}, signal?: AbortSignal) {
    return this.call(takeRelayCalls, { listener: this.name, waitSeconds: 5, ...wish }, signal)
  }

  /** Polls until there is one. */
  async next(): Promise<RelayCall> {
    for (;;) {
      const { status, body, text } = await this.take({ most: 1 })
      if (status !== 200) throw new Error(`the poll was answered ${status}: ${text}`)
      const [call] = body.calls
      if (call) return call
    }
  }

  answer(id: string, status: number, headers: Record<string, string>, body: string | Uint8Array) {
    return this.call(answerRelayCall, {
      id,
      status,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: Buffer.from(body).toString('base64'),
    })
  }

  /** Hands a call to a server, and in what it answers. */
  async forward(call: RelayCall, to: string) {
    const response = await fetch(new URL(call.uri, to), {
      method: 'POST',
      headers: call.headers.map(({ name, value }): [string, string] => [name, value]),
      body: Buffer.from(call.body, 'base64'),
    })
    return this.answer(
      call.id,
      response.status,
      Object.fromEntries(response.headers),
      new Uint8Array(await response.arrayBuffer()),
    )
  }
}

/** With a new token of this application. */
export async function makeListener(developer: TestBrowser, applicationId: string, name?: string) {
  const { newToken } = await developer.do(newRelayToken, { params: { applicationId } })
  plant('token of a relay', newToken)
  return new TestListener(developer.origin, newToken, name)
}
