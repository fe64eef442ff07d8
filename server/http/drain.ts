/** Stops listening without cutting anybody off: what has been accepted is answered, on a connection that then ends. */
import { Server as NetServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const LOOK_MS = 20

/** Waits at most `graceMs` for connections that are open but silent: their next call is still answered. */
export async function drain(server: FastifyInstance, graceMs: number): Promise<void> {
  // The listener only: the server's own close would end connections whose first call is still on its way.
  NetServer.prototype.close.call(server.server)
  const until = performance.now() + graceMs
  while (performance.now() < until && (await openConnections(server)) > 0) await wait(LOOK_MS)
}

/**
 * Closes the server, at the latest after `mostMs`. By then every call has its answer, since none takes longer than an attempt to reach a
 * partner; what is still open has never asked anything, and would be waited for as long as its headers may take.
 */
export async function closeWithin(server: FastifyInstance, mostMs: number): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), mostMs)
  await server.close()
  clearTimeout(cut)
}

function openConnections(server: FastifyInstance): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}
