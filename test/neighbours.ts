/**
 * Many partners whose endpoints behave as they like: for what one of them must not do to the others. The partners are copies of one that
 * was set up through the real interface; their notifications go through the outbox, the signing and the wall like all others.
 */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { addNotification } from '../server/notifications/notifications.ts'
import { newId } from '../server/clock.ts'
import { type App, newContext } from '../server/context.ts'

export const MANNERS = {
  good: (response: ServerResponse) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}'),
  hang: () => undefined,
  fail: (response: ServerResponse) => void response.writeHead(500).end(),
  reset: (response: ServerResponse) => void response.socket?.resetAndDestroy(),
  drip(response: ServerResponse) {
    response.writeHead(200)
    const drip = setInterval(() => response.write(' '), 100)
    response.on('close', () => clearInterval(drip))
  },
  redirect: (response: ServerResponse, inside: string) => void response.writeHead(307, { location: inside }).end(),
  'endless redirects': (response: ServerResponse) => void response.writeHead(302, { location: '/again' }).end(),
  'huge headers': (response: ServerResponse) => void response.setHeader('x-huge', 'x'.repeat(60_000)).end(),
  'huge body': (response: ServerResponse) => void response.writeHead(200).end('x'.repeat(5_000_000)),
} as const
export type Manner = keyof typeof MANNERS

export type Neighbour = {
  manner: Manner
  partnerId: string
  applicationId: string
  clientId: string
  url: string
  /** The most connections that were open at once. */
  mostSockets(): number
  calls(): number
  /** Milliseconds from the commit to the arrival, of each notification that came. */
  delays: number[]
  close(): Promise<void>
}

/** One partner more, as a copy of `of`; `inside` is where its redirects lead. */
export async function addNeighbour(
  app: App,
  of: { partnerId: string; applicationId: string },
  manner: Manner,
  inside = '',
): Promise<Neighbour> {
  const ids = { partnerId: newId('prt'), applicationId: newId('app'), clientId: `SANDBOX_${newId('x').slice(-20)}` }
  await copyPartner(app, of, ids)
  const sockets = new Set<Socket>()
  const delays: number[] = []
  let most = 0
  let calls = 0
  const server = createServer((request, response) => {
    calls++
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { sentAt } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { sentAt: number } // written below
      delays.push(performance.timeOrigin + performance.now() - sentAt)
      MANNERS[manner](response, inside)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    most = Math.max(most, sockets.size)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  return {
    manner,
    ...ids,
    url: `http://127.0.0.1:${port}/notify`,
    mostSockets: () => most,
    calls: () => calls,
    delays,
    close: () => closeServer(server, sockets),
  }
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise((resolve) => server.close(() => resolve()))
}

async function copyPartner(
  app: App,
  of: { partnerId: string; applicationId: string },
  to: { partnerId: string; applicationId: string; clientId: string },
): Promise<void> {
  await app.database.transact(async (db) => {
    const partner = await db.selectFrom('partners').selectAll().where('id', '=', of.partnerId).executeTakeFirstOrThrow()
    const named = { name: to.partnerId, name_key: to.partnerId }
    await db
      .insertInto('partners')
      .values({ ...partner, ...named, id: to.partnerId })
      .execute()
    const application = await db
      .selectFrom('applications')
      .selectAll()
      .where('id', '=', of.applicationId)
      .executeTakeFirstOrThrow()
    await db
      .insertInto('applications')
      .values({ ...application, id: to.applicationId, partner_id: to.partnerId })
      .execute()
    const client = await db
      .selectFrom('clients')
      .selectAll()
      .where('application_id', '=', of.applicationId)
      .where('environment', '=', 'sandbox')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('clients')
      .values({
        ...client,
        client_id: to.clientId,
        application_id: to.applicationId,
        participant_id: to.clientId,
        customer_id: to.clientId,
        wallet_hash: null,
        wallet_secret: null,
      })
      .execute()
  })
}

/** One notification to each. AMS: their acknowledgements need no signature. */
export async function notifyAll(app: App, neighbours: readonly Neighbour[]): Promise<void> {
  await Promise.all(
    neighbours.map(({ applicationId, clientId, url }) => {
      const id = newId('pay')
      return newContext(app, { kind: 'system' }).tx((tx) =>
        addNotification(tx, {
          applicationId,
          clientId,
          api: 'notifyPayment',
          paymentRequestId: id,
          paymentId: id,
          url,
          family: 'ams',
          body: JSON.stringify({ sentAt: performance.timeOrigin + performance.now() }),
          delaySeconds: 0,
          misbehaviour: null,
        }),
      )
    }),
  )
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
