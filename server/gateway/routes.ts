import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { diagnoseAnswer, diagnoseExchange } from '../../contract/diagnosis.ts'
import * as logContract from '../../contract/log.ts'
import * as walletContract from '../../contract/wallet.ts'
import { families } from '../../rules/interfaces.ts'
import { DOCTOR, GATEWAY } from '../../rules/limits.ts'
import { decideAuthorization, getAuthorization } from '../agreements/payer.ts'
import { getOwn } from '../applications/applications.ts'
import { type App, type Ctx, newContext } from '../context.ts'
import { bind } from '../http/bind.ts'
import { newRations, type Rations } from '../http/rations.ts'
import { logIn as logInToWallet } from '../merchants/wallet-accounts.ts'
import { answerOf } from '../notifications/answer-doctor.ts'
import { diagnose, diagnoseSigned } from './doctor.ts'
import { listExchanges } from './log-store.ts'
import { getExchange } from './exchanges.ts'
import type { Asking } from './codes.ts'
import type { Received } from './evidence.ts'
import { newHolds } from './holds.ts'
import { type Gateway, receive, receiveUnreadable } from './pipeline.ts'
import { GatewayRefusal } from './refusal.ts'
import * as wallet from './wallet.ts'

/** The signed API. Whatever comes in below the prefix is answered with HTTP 200 and a `result`. */
export async function mountGateway(
  server: FastifyInstance,
  app: App,
  { clients, wall, partners }: Pick<Gateway, 'clients' | 'wall' | 'partners'>,
): Promise<void> {
  const { perSecondPerClient, refusedPerSecondPerClient } = GATEWAY
  const rate = app.config.rateFactor
  const gateway: Gateway = {
    clients,
    wall,
    partners,
    holds: newHolds(),
    calls: newRations(app.clock, perSecondPerClient * rate, perSecondPerClient * rate),
    refusals: newRations(app.clock, refusedPerSecondPerClient * rate, refusedPerSecondPerClient * rate),
    refusedBytes: newRations(
      app.clock,
      GATEWAY.refusedBytesPerSecondPerClient * rate,
      GATEWAY.refusedBytesAtOncePerClient * rate,
    ),
  }
  server.addHook('preClose', async () => gateway.holds.release())
  for (const method of RARE_METHODS) server.addHttpMethod(method)
  await server.register(async (scope) => {
    // The type of the body is judged by the pipeline, behind the signature; the framework would refuse a malformed one before it.
    scope.decorateRequest('contentType', undefined)
    scope.addHook('onRequest', async (request) => {
      request.contentType = request.headers['content-type']
      if (request.contentType !== undefined) request.headers['content-type'] = 'application/octet-stream'
    })
    for (const family of families) {
      scope.all(`/${family}/*`, { bodyLimit: GATEWAY.bodyBytes }, async (request, reply) => {
        const { headers, body } = await receive(gateway, contextOf(app, request), receivedFrom(request))
        return reply.headers(headers).send(body)
      })
    }
    scope.setErrorHandler((error, request, reply) => answerUnreadable(gateway, app, error, request, reply))
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    /** As the caller sent it. */
    contentType: string | undefined
  }
}

/** Known to HTTP, but not to the framework of itself. They get the gateway's own answer too. */
const RARE_METHODS = ['PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'SEARCH', 'REPORT', 'PURGE']

const contextOf = (app: App, request: FastifyRequest) => newContext(app, { kind: 'system' }, request.log)

function receivedFrom(request: FastifyRequest): Received {
  const headers = request.headers as Record<string, string | undefined> // repeated ones are joined by Node, save cookies
  return {
    id: request.id,
    method: request.method,
    uri: request.url,
    headers: { ...headers, 'content-type': request.contentType },
    rawHeaders: request.raw.rawHeaders,
    body: request.body instanceof Buffer ? request.body : Buffer.alloc(0),
    address: request.ip,
  }
}

/** The body could not even be received: too large, or a length that is not true. */
async function answerUnreadable(
  gateway: Gateway,
  app: App,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const status = (error as { statusCode?: number }).statusCode ?? 500 // Fastify's own errors carry one
  if (status >= 500) request.log.error({ err: error }, 'a gateway call failed')
  const refusal =
    status >= 500
      ? new GatewayRefusal('call.our_fault_in_reading')
      : status === 413
        ? new GatewayRefusal('call.too_large', `The body is larger than ${GATEWAY.bodyBytes} bytes.`)
        : new GatewayRefusal('call.unreadable')
  const { headers, body } = await receiveUnreadable(gateway, contextOf(app, request), receivedFrom(request), refusal)
  return reply.code(200).headers(headers).send(body)
}

function logBindings() {
  let rations: Rations | undefined
  const ofDoctor = ({ clock, config }: Ctx) =>
    newRations(clock, DOCTOR.perSecond * config.rateFactor, DOCTOR.burst * config.rateFactor)
  return [
    bind(logContract.listExchanges, async (ctx, { params, query }) => {
      await getOwn(ctx, params.applicationId)
      return listExchanges(ctx, params.applicationId, query)
    }),
    bind(logContract.getExchange, async (ctx, { params }) => {
      await getOwn(ctx, params.applicationId)
      return getExchange(ctx, params.applicationId, params.exchangeId)
    }),
    bind(diagnoseAnswer, async (ctx, { params }) => {
      await getOwn(ctx, params.applicationId)
      const answer = await answerOf(ctx, params)
      rations ??= ofDoctor(ctx)
      return diagnoseSigned(ctx, rations, { applicationId: params.applicationId, ...answer })
    }),
    bind(diagnoseExchange, async (ctx, { params }) => {
      await getOwn(ctx, params.applicationId)
      rations ??= ofDoctor(ctx)
      return diagnose(ctx, rations, params.applicationId, params.exchangeId)
    }),
  ]
}

export const bindings = (asking: Asking) => [
  ...logBindings(),
  bind(walletContract.getWallet, (ctx, { params }) => wallet.getWallet(ctx, params.secret)),
  bind(walletContract.newPaymentCode, (ctx, { params }) => wallet.newPaymentCode(ctx, params.secret)),
  bind(walletContract.readCode, (ctx, { params, body }) => wallet.readCode(ctx, asking, params.secret, body.code)),
  bind(walletContract.readMerchantCode, (ctx, { body }, http) =>
    wallet.readMerchantCode(ctx, asking, http.cookie('wallet'), body.code),
  ),
  bind(walletContract.getAuthorization, (ctx, { params }) => getAuthorization(ctx, params)),
  bind(walletContract.decideAuthorization, (ctx, { params, body }, http) =>
    decideAuthorization(ctx, params, body.decision, http.cookie('wallet')),
  ),
  bind(walletContract.endAgreement, (ctx, { params }) =>
    wallet.endAgreement(ctx, asking, params.secret, params.agreementId),
  ),
  bind(walletContract.endMerchantAgreement, (ctx, { params }, http) =>
    wallet.endMerchantAgreement(ctx, asking, http.cookie('wallet'), params.agreementId),
  ),
  bind(walletContract.getOrder, (ctx, { params }, http) => wallet.getOrder(ctx, params, http.cookie('wallet'))),
  bind(walletContract.decideOrder, (ctx, { params, body }, http) =>
    wallet.decide(ctx, params, body.decision, http.cookie('wallet')),
  ),
  bind(walletContract.disputeOrder, (ctx, { params, body }) => wallet.dispute(ctx, params, body)),
  bind(walletContract.getMerchantWallet, (ctx, _input, http) => wallet.getMerchantWallet(ctx, http.cookie('wallet'))),
  bind(walletContract.newMerchantPaymentCode, (ctx, _input, http) =>
    wallet.newMerchantPaymentCode(ctx, http.cookie('wallet')),
  ),
  bind(walletContract.logInToWallet, async (ctx, { body }, http) => {
    const token = await logInToWallet(ctx, body, http.cookie('wallet'))
    http.setCookie('wallet', token)
    return wallet.getMerchantWallet(ctx, token)
  }),
]
