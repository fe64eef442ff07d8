import type { FastifyInstance } from 'fastify'
import type { App } from '../context.ts'

/** `live`: the process turns. `ready`: a row can be written and committed now. Neither says more, because anybody may ask. */
export function mountHealth(server: FastifyInstance, app: App): void {
  server.get('/health/live', async (_request, reply) => reply.send({ status: 'live' }))
  const ping = shared(() => withDeadline(app.database.ping(), 2000))
  server.get('/health/ready', async (request, reply) => {
    // While the server stops it answers what still comes, but nothing new should be sent here.
    if (!server.server.listening) return reply.code(503).send({ status: 'stopping' })
    try {
      await ping()
      return reply.send({ status: 'ready' })
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'not ready' })
    }
  })
}

/** Anybody may ask, and each answer costs a commit: whoever asks within half a second gets the same one. */
const SHARED_MS = 500

function shared(work: () => Promise<void>): () => Promise<void> {
  let last: { result: Promise<void>; at: number } | undefined
  return () => {
    const now = performance.now()
    if (!last || now - last.at >= SHARED_MS) last = { result: work(), at: now }
    return last.result
  }
}

async function withDeadline(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
