/** The HTTP server: time-outs, headers, one reader of bodies, one writer of errors. What it serves is mounted by start.ts. */
import fastifyCookie from '@fastify/cookie'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { CONSOLE, HTTP } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { newRequestId } from '../clock.ts'
import type { Config } from '../config.ts'
import { answerError } from './errors.ts'
import { setSecurityHeaders } from './headers.ts'

export async function newServer(
  config: Config,
  logger: NonNullable<FastifyServerOptions['loggerInstance']>,
): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestTimeout: HTTP.requestMs,
    http: { headersTimeout: HTTP.headersMs, connectionsCheckingInterval: HTTP.checkEveryMs },
    // Who is calling is the rightmost address that no proxy of ours has; without a list nothing is believed.
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    bodyLimit: CONSOLE.bodyBytes,
    // A call that came in time is answered, also while the server stops.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    // What cannot even be routed is refused like everything else, with the headers and the request id.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply, !config.development)
      reply.header('x-request-id', request.id)
      answerError(error, request, reply)
    },
    // Some clients send the whole address in the request line; the path is what counts.
    rewriteUrl: (request) => (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '') || '/',
  })

  server.server.maxHeadersCount = HTTP.headers

  // One reader for every type: the bytes. What they mean is decided behind it, never by the header alone.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  await server.register(fastifyCookie)
  const https = !config.development
  server.addHook('onRequest', (request, reply, done) => {
    setSecurityHeaders(reply, https)
    done(request.url.length > HTTP.urlChars ? new Refusal('request.url_too_long') : undefined)
  })
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  server.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-request-id', request.id)
    if (!server.server.listening) reply.header('connection', 'close')
    done(null, payload)
  })
  return server
}
