// An acquirer's server in miniature: a shop that takes Cashier Payments through the gateway.
import { createServer } from 'node:http'
import { agreement, agreementsThrough } from './agreements.mjs'
import { families } from './families.mjs'
import { gatewayClient } from './gateway.mjs'
import { habits } from './habits.mjs'
import { loadPrivateKey, publicKeyText, readPublicKey } from './keys.mjs'
import { paymentsThrough } from './payments.mjs'
import { goods, makeOrder, orders, page, returnPage, setState, shopPage } from './shop.mjs'
import { isSigned, signatureHeader } from './signing.mjs'
import { merchantApi } from './test-merchant.mjs'

const {
  GATEWAY,
  CLIENT_ID,
  NETWORK_PUBLIC_KEY,
  PORT = '4802',
  HOST = '127.0.0.1',
  FAMILY = 'aps',
  SETTLEMENT_CURRENCY,
} = process.env
const [longestMs, pollMs] = [process.env.TIMEOUT_MS ?? 8000, process.env.POLL_MS ?? 2000].map(Number)
const PUBLIC_ORIGIN = process.env.PUBLIC_ORIGIN ?? `http://127.0.0.1:${PORT}`

const privateKey = loadPrivateKey()
if (!GATEWAY || !CLIENT_ID || !NETWORK_PUBLIC_KEY) {
  console.error('Set GATEWAY, CLIENT_ID and NETWORK_PUBLIC_KEY from the sandbox settings of your application.')
  console.error(`The public key to set there:\n${publicKeyText(privateKey)}`)
  process.exit(1)
}
const networkKey = readPublicKey(NETWORK_PUBLIC_KEY)
const family = families[FAMILY]
if (!family) throw new Error(`FAMILY must be one of ${Object.keys(families).join(', ')}.`)
const call = gatewayClient({
  gateway: GATEWAY,
  prefix: family.prefix,
  clientId: CLIENT_ID,
  privateKey,
  networkKey,
  longestMs,
})
const payments = paymentsThrough(call, {
  family,
  origin: PUBLIC_ORIGIN,
  settlementCurrency: SETTLEMENT_CURRENCY,
  pollMs,
})

const agreements = agreementsThrough(call, { family, origin: PUBLIC_ORIGIN })
const actAsMerchant = merchantApi({ payments, agreements })

/** Whether the network sent it: nobody else may make orders in our name, nor tell us of one. */
function isFromNetwork(request, body) {
  const clientId = request.headers['client-id']
  const signed = { uri: request.url, clientId, time: request.headers['request-time'], body }
  return clientId === CLIENT_ID && isSigned(signed, request.headers.signature, networkKey)
}

/** Takes one notification. The same one may come late or several times: it is acknowledged again and changes nothing. */
function takeNotification(request, body) {
  if (habits.verifiesNotifications && !isFromNetwork(request, body)) return 'INVALID_SIGNATURE'
  const notice = JSON.parse(body.toString())
  if (notice.authorizationNotifyType) return takeAgreementNotice(notice)
  const order = orders.get(notice.paymentRequestId)
  if (!order) return 'ORDER_NOT_EXIST'
  const { currency, value } = notice.paymentAmount ?? order.amount
  if (currency !== order.amount.currency || value !== order.amount.value) return 'PARAM_ILLEGAL'
  if (order.notifications > 0 && !habits.acknowledgesAgain) return 'REPEAT_REQ_INCONSISTENT'
  order.notifications += 1
  order.paymentId = notice.paymentId ?? order.paymentId
  setState(order, family.noticeResult(notice).resultStatus === 'S' ? 'SUCCESS' : 'FAILED')
  if (order.state === 'FAILED' && !habits.leavesFailedAlone) setImmediate(payments.pay, order)
  return 'SUCCESS'
}

/** The payer has ended the agreement: its token is not used any more. A code comes with the payer's browser, and is used once. */
function takeAgreementNotice({ authorizationNotifyType, accessToken }) {
  if (authorizationNotifyType === 'TOKEN_CANCELED' && accessToken === agreement.accessToken) {
    agreement.accessToken = undefined
  }
  return 'SUCCESS'
}

/** Answers a notification. The signature covers the path at which we were called, our own time and the body that we send. */
function answerNotification(request, response, resultCode) {
  const ok = resultCode === 'SUCCESS'
  const body = JSON.stringify({
    result: { resultCode, resultStatus: ok ? 'S' : 'F', resultMessage: ok ? 'success' : 'not accepted' },
  })
  const time = new Date().toISOString()
  const headers = { 'content-type': 'application/json; charset=UTF-8', 'client-id': CLIENT_ID, 'response-time': time }
  if (habits.signsAcknowledgements) {
    headers.signature = signatureHeader({ uri: request.url, clientId: CLIENT_ID, time, body }, privateKey)
  }
  response.writeHead(200, headers).end(body)
}

async function readBody(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > 65_536) throw new Error('the body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const html = (response, text, status = 200) =>
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(text)
const json = (response, value, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
const go = (response, location) => response.writeHead(303, { location }).end()

/** What is done with one order, and then back to the shop, or the order as JSON for whoever asks for it. */
const withOrder =
  (work) =>
  async (request, response, { query }) => {
    const order = orders.get(query.get('id'))
    if (!order) return json(response, { error: 'There is no such order.' }, 404)
    await work(order, query)
    return request.headers.accept === 'application/json' ? json(response, order) : go(response, '/')
  }

const routes = {
  'GET /': (_request, response) => html(response, shopPage({ isSigning: habits.signsAcknowledgements })),
  'POST /buy': async (_request, response, { query }) => {
    const item = goods.find(({ id }) => id === query.get('item')) ?? goods[0]
    const order = await payments.pay(makeOrder({ description: item.name, amount: item.price }))
    go(response, order.paymentUrl ?? '/')
  },
  'GET /return': (_request, response, { query }) => {
    const order = orders.get(query.get('id'))
    return order ? html(response, returnPage(order)) : html(response, page('No such order', ''), 404)
  },
  'POST /agree': async (request, response) => {
    const url = await agreements.ask()
    return request.headers.accept === 'application/json' ? json(response, { url }) : go(response, url ?? '/')
  },
  'GET /agreed': async (_request, response, { query }) => {
    await agreements.takeCode({ authState: query.get('authState'), authCode: query.get('authCode') })
    go(response, '/')
  },
  'POST /refresh': async (_request, response) => {
    await agreements.refresh()
    json(response, agreement)
  },
  'GET /agreement': (_request, response) => json(response, agreement),
  'POST /inquire': withOrder(payments.inquire),
  'POST /settle': withOrder(payments.settle),
  'POST /repeat': withOrder(payments.repeat),
  'POST /cancel': withOrder(payments.cancel),
  'POST /refund': withOrder((order, query) => payments.refund(order, query.get('value') ?? order.amount.value)),
  'POST /notify': (request, response, { body }) =>
    answerNotification(request, response, takeNotification(request, body)),
  // What the Test Merchant of the developer center asks.
  'POST /test-merchant': async (request, response, { body }) =>
    isFromNetwork(request, body)
      ? json(response, await actAsMerchant(JSON.parse(body.toString())))
      : json(response, { error: 'This call does not come from the network.' }, 401),
  // The code was refused: the payer shows another one, for the same order and with an id of its own.
  'POST /code': async (_request, response, { query }) => {
    const order = orders.get(query.get('id'))
    if (!order) return json(response, { error: 'There is no such order.' }, 404)
    json(response, await payments.pay(makeOrder({ ...order, code: query.get('code') })), 201)
  },
  'POST /switch': (_request, response, { body }) => {
    const wish = body.length > 0 ? JSON.parse(body.toString()).acknowledge : undefined
    habits.signsAcknowledgements = wish ? wish === 'signed' : !habits.signsAcknowledgements
    return wish ? json(response, { acknowledge: wish }) : go(response, '/')
  },
  'GET /orders': (_request, response) => json(response, { orders: [...orders.values()] }),
  'POST /orders': async (request, response, { body }) => {
    const wish = body.length > 0 ? JSON.parse(body.toString()) : {}
    const { 'user-agent': userAgent } = request.headers
    const order = makeOrder({ description: 'Paper boat', amount: goods[0].price, userAgent, ...wish })
    json(response, await payments.pay(order), 201)
  },
}

const server = createServer(async (request, response) => {
  try {
    const { pathname, searchParams } = new URL(request.url, PUBLIC_ORIGIN)
    const route = routes[`${request.method} ${pathname}`]
    if (!route) return html(response, page('Not found', ''), 404)
    await route(request, response, { query: searchParams, body: await readBody(request) })
  } catch (error) {
    console.error(error)
    if (response.headersSent) return response.destroy()
    json(response, { error: error.message }, 400)
  }
})

server.listen(Number(PORT), HOST, () =>
  console.log(`Example shop at ${PUBLIC_ORIGIN}, calling ${GATEWAY} as ${CLIENT_ID}`),
)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}
