/** The one client for calls to partners: bounded in time, size and connections, no redirects, no proxy, and behind the wall. */
import { Client } from 'undici'
import { OUTGOING } from '../../rules/limits.ts'
import type { TxCtx } from '../context.ts'
import { mayConnectTo, parseTarget, type Wall } from './wall.ts'

export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

/** Nothing was sent: as many calls wait for this endpoint already as may. */
export class EndpointBusy extends Error {
  override name = 'EndpointBusy'
}

/** Nothing was sent: nobody listens at the relay. `isStill` says in a transaction whether that has not changed, and keeps it so. */
export class NobodyListens extends Error {
  override name = 'NobodyListens'
  readonly isStill: (tx: TxCtx) => Promise<boolean>
  constructor(isStill: (tx: TxCtx) => Promise<boolean>) {
    super('nobody listens at the relay')
    this.isStill = isStill
  }
}

export type Outgoing = {
  /**
   * Posts the bytes. Throws when no complete answer came; the message is for the log of the partner who owns the URL. `endpoint` is
   * whose connections it takes: so many at a time, and a few calls that wait for one. By default those of the URL's origin. With
   * `turnWithinMs` nothing is sent unless its turn comes within that time.
   */
  post(
    url: string,
    headers: Record<string, string>,
    body: Buffer,
    endpoint?: string,
    turnWithinMs?: number,
  ): Promise<Answer>
  /** Asks with HEAD whether anything answers there, and returns the HTTP status. Throws as `post` does. */
  probe(url: string): Promise<number>
  close(): Promise<void>
}

export function newOutgoing(wall: Wall): Outgoing {
  const connections = newConnections({
    pipelining: 1,
    maxHeaderSize: OUTGOING.headerBytes,
    maxResponseSize: OUTGOING.answerBytes,
    headersTimeout: OUTGOING.attemptMs,
    bodyTimeout: OUTGOING.attemptMs,
    keepAliveTimeout: OUTGOING.idleMs,
    connect: { timeout: OUTGOING.attemptMs, lookup: guardedLookup(wall), rejectUnauthorized: true },
  })
  return {
    async post(url, headers, body, endpoint, turnWithinMs = Number.POSITIVE_INFINITY) {
      // Literal addresses are never looked up, so their turn is here.
      const target = parseTarget(url, wall)
      const askedAt = performance.now()
      return connections.use(endpoint ?? target.origin, target.origin, async (client) => {
        if (performance.now() - askedAt > turnWithinMs) throw new EndpointBusy('its turn came too late')
        const answer = await client.request({ path: pathOf(target), method: 'POST', headers, body })
        const bytes = Buffer.from(await answer.body.arrayBuffer())
        return { status: answer.statusCode, headers: flat(answer.headers), body: bytes }
      })
    },
    async probe(url) {
      const target = parseTarget(url, wall)
      // Somebody who looks by hand takes no connection from what is delivered.
      return connections.use(`look ${target.origin}`, target.origin, async (client) => {
        const answer = await client.request({ path: pathOf(target), method: 'HEAD' })
        await answer.body.dump()
        return answer.statusCode
      })
    },
    close: connections.close,
  }
}

const pathOf = ({ pathname, search }: URL) => `${pathname}${search}`

type Endpoint = {
  running: number
  waiting: (() => void)[]
  /** Open connections that nobody uses. */
  idle: { origin: string; client: Client }[]
  forget?: NodeJS.Timeout
}

/**
 * So many connections to one endpoint, and so many calls that wait for one; the clock of an attempt starts when its turn has come. A
 * connection whose call failed is destroyed: left to itself the library would connect anew, with nothing to send.
 */
function newConnections(options: Client.Options) {
  const endpoints = new Map<string, Endpoint>()

  async function attempt<T>(state: Endpoint, origin: string, call: (client: Client) => Promise<T>): Promise<T> {
    const at = state.idle.findIndex((one) => one.origin === origin)
    const client = state.idle.splice(at, at === -1 ? 0 : 1)[0]?.client ?? new Client(origin, options)
    const late = new Error(`no complete answer within ${OUTGOING.attemptMs / 1000} seconds`)
    const timer = setTimeout(() => void client.destroy(late), OUTGOING.attemptMs)
    try {
      const answer = await call(client)
      state.idle.push({ origin, client })
      return answer
    } catch (error) {
      void client.destroy(late)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** After a while without a call there is nothing left to be remembered. */
  function rest(key: string, state: Endpoint): void {
    state.forget = setTimeout(() => {
      endpoints.delete(key)
      for (const { client } of state.idle) void client.close()
    }, OUTGOING.idleMs).unref()
  }

  return {
    async use<T>(key: string, origin: string, call: (client: Client) => Promise<T>): Promise<T> {
      const state = endpoints.get(key) ?? { running: 0, waiting: [], idle: [] }
      endpoints.set(key, state)
      if (state.running >= OUTGOING.connectionsPerEndpoint) {
        if (state.waiting.length >= OUTGOING.waitingPerEndpoint)
          throw new EndpointBusy('too many calls to this endpoint wait already')
        await new Promise<void>((turn) => state.waiting.push(turn))
      } else state.running++
      clearTimeout(state.forget)
      try {
        return await attempt(state, origin, call)
      } finally {
        const turn = state.waiting.shift()
        if (turn) turn()
        else if (--state.running === 0) rest(key, state)
      }
    },
    async close(): Promise<void> {
      const all = [...endpoints.values()]
      endpoints.clear()
      for (const { forget } of all) clearTimeout(forget)
      await Promise.all(all.flatMap(({ idle }) => idle.map(({ client }) => client.close())))
    },
  }
}

/** Node's look-up signature: the address that is given back is the one that is connected to. */
type LookupCallback = (
  error: Error | null,
  address: string | { address: string; family: number }[],
  family?: number,
) => void

function guardedLookup(wall: Wall) {
  return (host: string, options: { all?: boolean | undefined }, callback: LookupCallback): void => {
    wall.resolve(host).then(
      (addresses) => {
        const [first] = addresses
        if (!first || !addresses.every(({ address }) => mayConnectTo(address, wall))) {
          return callback(new Error('the name does not lead to a public address'), '')
        }
        return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
      },
      () => callback(new Error('the name could not be resolved'), ''),
    )
  }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}
