// A client of the gateway: signs each call, and believes an answer only when its signature verifies.
import { habits } from './habits.mjs'
import { isSigned, signatureHeader } from './signing.mjs'

// How long to wait before a call counts as unanswered. Afterwards repeat it with the same id and the same content, or inquire.
const timeoutMs = { 'payments/inquiryPayment': 5000 }

export function gatewayClient({ gateway, prefix, clientId, privateKey, networkKey, longestMs = 8000 }) {
  const origin = gateway.replace(/\/+$/, '')

  return async function call(api, content) {
    const uri = `${prefix}${api}`
    const body = JSON.stringify(content)
    const time = new Date().toISOString()
    const response = await fetch(origin + uri, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'client-id': clientId,
        'request-time': time,
        signature: signatureHeader({ uri, clientId, time, body }, privateKey),
      },
      body,
      signal: AbortSignal.timeout(Math.min(timeoutMs[api] ?? 8000, longestMs)),
    })
    const answer = Buffer.from(await response.arrayBuffer())
    const signature = response.headers.get('signature')
    if (signature === null) {
      // The gateway could not tell who we are, so it does not sign. Good for showing to a person, for nothing else.
      const { result } = JSON.parse(answer.toString())
      throw new Error(`the gateway refused the call: ${result?.resultCode} (${result?.resultMessage})`)
    }
    // The answer is signed over the path of our request, with the header values of the answer.
    const signed = { uri, clientId, time: response.headers.get('response-time'), body: answer }
    const isGenuine = response.headers.get('client-id') === clientId && isSigned(signed, signature, networkKey)
    if (habits.verifiesAnswers && !isGenuine) {
      throw new Error('the signature of the answer does not verify')
    }
    return JSON.parse(answer.toString())
  }
}
