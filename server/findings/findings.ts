/** Auto Diagnosis: gathers what the log knows of a call and its payment. What that means is decided in rules/findings.ts. */
import { type CallFacts, findingsOf } from '../../rules/findings.ts'
import { FINDINGS_PAGE } from '../../rules/limits.ts'
import { parseSignatureHeader } from '../../rules/signature.ts'
import { getOwn } from '../applications/applications.ts'
import type { Ctx } from '../context.ts'
import { listExchanges } from '../gateway/log-store.ts'
import { getExchange } from '../gateway/exchanges.ts'
import * as notifications from '../notifications/notifications.ts'

type Query = { search?: string | undefined; api?: string | undefined; cursor?: string | undefined; days: number }
type Exchange = Awaited<ReturnType<typeof getExchange>>

const DAY_MS = 86_400_000

export async function list(ctx: Ctx, applicationId: string, { days, ...filter }: Query) {
  await getOwn(ctx, applicationId)
  const from = new Date(ctx.clock.now() - days * DAY_MS).toISOString()
  const { items, nextCursor } = await listExchanges(ctx, applicationId, { ...filter, from, limit: FINDINGS_PAGE.calls })
  return { items: await Promise.all(items.map((item) => diagnosed(ctx, applicationId, item))), nextCursor }
}

type Summary = Awaited<ReturnType<typeof listExchanges>>['items'][number]

async function diagnosed(ctx: Ctx, applicationId: string, summary: Summary) {
  const exchange = await getExchange(ctx, applicationId, summary.id)
  const { payment } = exchange.related
  const told = payment === null ? [] : await toldOf(ctx, applicationId, payment.paymentRequestId)
  const findings = findingsOf(factsOf(exchange, told, ctx.clock.now()))
  return { exchange: summary, message: messageIn(exchange.response.body), findings }
}

/** Without the address behind it: the page links the cause itself. */
function messageIn(body: string): string | null {
  try {
    const { result } = JSON.parse(body) as { result?: { resultMessage?: unknown } } // by the gateway, or by whoever answered it
    const { resultMessage } = result ?? {}
    return typeof resultMessage === 'string' ? resultMessage.replace(/ https?:\/\/\S+$/, '') : null
  } catch {
    return null
  }
}

type Told = NonNullable<CallFacts['payment']>['told']

async function toldOf(ctx: Ctx, applicationId: string, paymentRequestId: string): Promise<Told> {
  const { items } = await notifications.list(ctx, applicationId, {
    search: paymentRequestId,
    limit: FINDINGS_PAGE.notifications,
  })
  return items
    .filter(({ manner }) => manner === null)
    .map(({ state, attempts }) => ({
      isAcknowledged: state === 'acknowledged',
      lastFault: attempts.at(-1)?.fault,
    }))
}

function factsOf(exchange: Exchange, told: Told, now: number): CallFacts {
  const { payment, exchanges } = exchange.related
  const header = (name: string) =>
    exchange.request.headers.find((one) => one.name.toLowerCase() === name)?.value ?? undefined
  const signature = parseSignatureHeader(header('signature'))
  const requestTime = Date.parse(header('request-time') ?? '')
  return {
    ...exchange,
    at: Date.parse(exchange.at),
    keyVersionNamed: 'fault' in signature ? undefined : signature.keyVersion,
    requestTime: Number.isNaN(requestTime) ? undefined : requestTime,
    payment: payment && {
      state: payment.state,
      amountValue: payment.amount.value,
      calls: [exchange, ...exchanges]
        .filter(({ direction }) => direction === 'in')
        .map(({ api, at, resultStatus }) => ({ api, at: Date.parse(at), resultStatus })),
      told,
    },
    now,
  }
}
