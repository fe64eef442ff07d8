/** The one client for calls to partners: bounded in time, size and connections, no redirects, no proxy, and behind the wall. */
import { Agent, request } from 'undici'
import { OUTGOING } from '../../rules/limits.ts'
import { mayConnectTo, parseTarget, type Wall } from './wall.ts'

export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

export type Outgoing = {
  /** Posts the bytes. Throws when no complete answer came; the message is for the log of the partner who owns the URL. */
  post(url: string, headers: Record<string, string>, body: Buffer): Promise<Answer>
  /** Asks with HEAD whether anything answers there, and returns the HTTP status. Throws as `post` does. */
  probe(url: string): Promise<number>
  close(): Promise<void>
}

export function newOutgoing(wall: Wall): Outgoing {
  const agent = new Agent({
    connections: OUTGOING.connectionsPerEndpoint,
    pipelining: 1,
    maxHeaderSize: OUTGOING.headerBytes,
    maxResponseSize: OUTGOING.answerBytes,
    headersTimeout: OUTGOING.attemptMs,
    bodyTimeout: OUTGOING.attemptMs,
    keepAliveTimeout: 10_000,
    connect: { timeout: OUTGOING.attemptMs, lookup: guardedLookup(wall), rejectUnauthorized: true },
  })
  const slots = newSlots(OUTGOING.connectionsPerEndpoint)
  return {
    async post(url, headers, body) {
      // Literal addresses are never looked up, so their turn is here.
      const target = parseTarget(url, wall)
      return slots.run(target.origin, async () => {
        const answer = await request(target, {
          dispatcher: agent,
          method: 'POST',
          headers,
          body,
          signal: AbortSignal.timeout(OUTGOING.attemptMs),
        })
        const bytes = Buffer.from(await answer.body.arrayBuffer())
        return { status: answer.statusCode, headers: flat(answer.headers), body: bytes }
      })
    },
    async probe(url) {
      const target = parseTarget(url, wall)
      return slots.run(target.origin, async () => {
        const signal = AbortSignal.timeout(OUTGOING.attemptMs)
        const answer = await request(target, { dispatcher: agent, method: 'HEAD', signal })
        await answer.body.dump()
        return answer.statusCode
      })
    },
    close: () => agent.close(),
  }
}

/** So many calls to one endpoint at a time; the clock of an attempt starts when its turn has come. */
function newSlots(limit: number) {
  const busy = new Map<string, { running: number; waiting: (() => void)[] }>()
  return {
    async run<T>(endpoint: string, call: () => Promise<T>): Promise<T> {
      const state = busy.get(endpoint) ?? { running: 0, waiting: [] }
      busy.set(endpoint, state)
      if (state.running >= limit) await new Promise<void>((turn) => state.waiting.push(turn))
      else state.running++
      try {
        return await call()
      } finally {
        const turn = state.waiting.shift()
        if (turn) turn()
        else if (--state.running === 0) busy.delete(endpoint)
      }
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
