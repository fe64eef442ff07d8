/** Our cookies. `__Host-` binds them to this host over https; on http loopback, where that cannot be, the prefix and Secure fall. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CookieName, Http } from './bind.ts'

function cookieName(name: CookieName, development: boolean): string {
  return `${development ? '' : '__Host-'}slipway_${name}`
}

export function httpOf(request: FastifyRequest, reply: FastifyReply, development: boolean): Http {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: !development } as const
  return {
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    cookie: (name) => request.cookies[cookieName(name, development)],
    setCookie: (name, value, maxAge) =>
      void reply.setCookie(
        cookieName(name, development),
        value,
        maxAge === undefined ? options : { ...options, maxAge },
      ),
    clearCookie: (name) => void reply.clearCookie(cookieName(name, development), options),
    gone: () => signalOf(reply.raw),
  }
}

function signalOf(response: FastifyReply['raw']): AbortSignal {
  const gone = new AbortController()
  if (response.destroyed) gone.abort()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}
