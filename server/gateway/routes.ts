import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as logContract from '../../contract/log.ts'
import * as walletContract from '../../contract/wallet.ts'
import { GATEWAY } from '../../rules/limits.ts'
import { getOwn } from '../applications/applications.ts'
import { type App, newContext } from '../context.ts'
import { bind } from '../http/bind.ts'
import { newRations } from '../http/rations.ts'
import type { Wall } from '../outgoing/wall.ts'
import { refusedAnswer } from './answers.ts'
import type { Clients } from './clients.ts'
import { getExchange, listExchanges } from './exchanges.ts'
import { type Gateway, receive } from './pipeline.ts'
import * as wallet from './wallet.ts'

/** The signed API. Whatever comes in below the prefix is answered with HTTP 200 and a `result`. */
export async function mountGateway(server: FastifyInstance, app: App, clients: Clients, wall: Wall): Promise<void> {
  const { perSecondPerClient, refusedPerSecondPerClient } = GATEWAY
  const rate = app.config.rateFactor
  const gateway: Gateway = {
    clients,
    wall,
    calls: newRations(app.clock, perSecondPerClient * rate, perSecondPerClient * rate),
    refusals: newRations(app.clock, refusedPerSecondPerClient * rate, refusedPerSecondPerClient * rate),
  }
  await server.register(async (scope) => {
    scope.all('/aps/*', { bodyLimit: GATEWAY.bodyBytes }, async (request, reply) => {
      const ctx = newContext(app, { kind: 'system' }, request.log)
      const { headers, body } = await receive(gateway, ctx, receivedFrom(request))
      return reply.headers(headers).send(body)
    })
    scope.setErrorHandler((error, request, reply) => answerUnreadable(error, request, reply))
  })
}

function receivedFrom(request: FastifyRequest) {
  return {
    id: request.id,
    method: request.method,
    uri: request.url,
    headers: request.headers as Record<string, string | undefined>, // repeated ones are joined by Node, save cookies
    rawHeaders: request.raw.rawHeaders,
    body: request.body instanceof Buffer ? request.body : Buffer.alloc(0),
    address: request.ip,
  }
}

/** The body could not even be received: too large, or a length that is not true. */
function answerUnreadable(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = (error as { statusCode?: number }).statusCode ?? 500 // Fastify's own errors carry one
  if (status >= 500) request.log.error({ err: error }, 'a gateway call failed')
  const body =
    status >= 500
      ? refusedAnswer('UNKNOWN_EXCEPTION')
      : status === 415
        ? refusedAnswer('MEDIA_TYPE_NOT_ACCEPTABLE')
        : refusedAnswer(
            'PARAM_ILLEGAL',
            status === 413 ? `The body is larger than ${GATEWAY.bodyBytes} bytes.` : 'The request could not be read.',
          )
  return reply.code(200).type('application/json; charset=utf-8').send(body)
}

export const bindings = [
  bind(logContract.listExchanges, async (ctx, { params, query }) => {
    await getOwn(ctx, params.applicationId)
    return listExchanges(ctx, params.applicationId, query)
  }),
  bind(logContract.getExchange, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return getExchange(ctx, params.applicationId, params.exchangeId)
  }),
  bind(walletContract.getOrder, (ctx, { params }) => wallet.getOrder(ctx, params)),
  bind(walletContract.decideOrder, (ctx, { params, body }) => wallet.decide(ctx, params, body.decision)),
]
