// A wallet's server in miniature: shows payment codes, reads the codes of merchants, and pays what the network asks it to.
// Signing, keys and the client of the gateway are those of the example acquirer.
import { createServer } from 'node:http'
import { gatewayClient } from '../node-acquirer/gateway.mjs'
import { loadPrivateKey, publicKeyText, readPublicKey } from '../node-acquirer/keys.mjs'
import { isSigned, signatureHeader } from '../node-acquirer/signing.mjs'
import { cancel, decline, payers, paymentFor, payments, refund, take } from './wallet.mjs'

const { GATEWAY, CLIENT_ID, NETWORK_PUBLIC_KEY, PORT = '4803', HOST = '127.0.0.1' } = process.env
const privateKey = loadPrivateKey()
if (!GATEWAY || !CLIENT_ID || !NETWORK_PUBLIC_KEY) {
  console.error('Set GATEWAY, CLIENT_ID and NETWORK_PUBLIC_KEY from the sandbox settings of your application.')
  console.error(`The public key to set there:\n${publicKeyText(privateKey)}`)
  process.exit(1)
}
const networkKey = readPublicKey(NETWORK_PUBLIC_KEY)
const call = gatewayClient({ gateway: GATEWAY, prefix: '/aps/api/v1/', clientId: CLIENT_ID, privateKey, networkKey })

const result = (resultCode) => ({ resultCode, resultStatus: STATUSES[resultCode] ?? 'F', resultMessage: resultCode })
const STATUSES = { SUCCESS: 'S', PAYMENT_IN_PROCESS: 'U', UNKNOWN_EXCEPTION: 'U' }
const customerOf = (payment) => ({ customerId: payment.customerId, paymentId: `W-${payment.paymentRequestId}` })

// ── what the network asks ──────────────────────────────────────────────────────────────────────────────────────────────

const questions = {
  '/pay'({ paymentMethod, ...asked }) {
    const payment = paymentFor({ ...asked, customerId: paymentMethod.customerId })
    if (!payers.get(payment.customerId)?.asksFirst) take(payment)
    return { result: result(payment.code), ...customerOf(payment) }
  },
  '/inquiryPayment'({ paymentRequestId }) {
    const payment = payments.get(paymentRequestId)
    if (!payment) return { result: result('ORDER_NOT_EXIST') }
    return { result: result('SUCCESS'), paymentResult: result(payment.code), ...customerOf(payment) }
  },
  // One that never came is kept as cancelled: its `pay` may still be on the way.
  '/cancelPayment'(asked) {
    cancel(paymentFor(asked))
    return { result: result('SUCCESS') }
  },
  '/refund'(asked) {
    const payment = payments.get(asked.paymentRequestId)
    if (!payment) return { result: result('ORDER_NOT_EXIST') }
    refund(payment, asked)
    return { result: result('SUCCESS') }
  },
}

/** Only what the network has signed is looked at; every answer is signed. */
function answerNetwork(request, response, body) {
  const clientId = request.headers['client-id']
  const signed = { uri: request.url, clientId, time: request.headers['request-time'], body }
  const isGenuine = clientId === CLIENT_ID && isSigned(signed, request.headers.signature, networkKey)
  const said = isGenuine ? questions[request.url](JSON.parse(body)) : { result: result('INVALID_SIGNATURE') }
  const answer = JSON.stringify(said)
  const time = new Date().toISOString()
  response
    .writeHead(200, {
      'content-type': 'application/json; charset=UTF-8',
      'client-id': CLIENT_ID,
      'response-time': time,
      signature: signatureHeader({ uri: request.url, clientId: CLIENT_ID, time, body: answer }, privateKey),
    })
    .end(answer)
}

// ── what the payer does in the app ─────────────────────────────────────────────────────────────────────────────────────

/** Tells the network how a payment went that this wallet has read; again and again, in a real wallet, until it takes it. */
async function tell(payment) {
  await call('payments/notifyPayment', {
    paymentResult: result(payment.code),
    paymentRequestId: payment.paymentRequestId,
    paymentAmount: payment.amount,
    ...customerOf(payment),
  })
}

const actions = {
  async 'POST /codes'({ customerId }) {
    return call('codes/getPaymentCode', { customerId, env: { osType: 'IOS' } })
  },
  async 'POST /read'({ code, customerId }) {
    const answer = await call('payments/userInitiatedPay', { codeValue: code, customerId })
    if (answer.result.resultStatus !== 'S' || answer.codeType !== 'ORDER_CODE') return answer
    return paymentFor({ ...answer, customerId })
  },
  async 'POST /confirm'({ paymentRequestId, read }) {
    const payment = take(payments.get(paymentRequestId))
    if (read) await tell(payment)
    return payment
  },
  async 'POST /decline'({ paymentRequestId, read }) {
    const payment = decline(payments.get(paymentRequestId))
    if (read) await tell(payment)
    return payment
  },
  async 'GET /payments'() {
    const balances = Object.fromEntries([...payers].map(([id, { balance }]) => [id, String(balance)]))
    return { payments: [...payments.values()], balances }
  },
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

const server = createServer(async (request, response) => {
  try {
    const body = await readBody(request)
    if (request.method === 'POST' && Object.hasOwn(questions, request.url)) {
      return answerNetwork(request, response, body)
    }
    const act = actions[`${request.method} ${request.url}`]
    const answer = act ? await act(body.length > 0 ? JSON.parse(body) : {}) : { error: 'There is nothing here.' }
    response.writeHead(act ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  } catch (error) {
    console.error(error)
    if (response.headersSent) return response.destroy()
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message }))
  }
})

server.listen(Number(PORT), HOST, () => console.log(`Example wallet at http://${HOST}:${PORT}, called ${CLIENT_ID}`))
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}
