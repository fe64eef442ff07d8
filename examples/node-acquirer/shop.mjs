// Our orders, and the pages that show them. Orders are kept in memory: a restart forgets them.
import { randomUUID } from 'node:crypto'

export const goods = [
  { id: 'boat', name: 'Paper boat', price: { currency: 'USD', value: '1000' }, text: '10.00 USD' },
  { id: 'kite', name: 'Box kite', price: { currency: 'USD', value: '2450' }, text: '24.50 USD' },
  { id: 'lamp', name: 'Paper lantern', price: { currency: 'JPY', value: '1200' }, text: '1,200 JPY' },
]

export const orders = new Map() // by paymentRequestId, newest last

/** A new order. It is stored before anybody is called, so that a notification always finds it. */
export function makeOrder({
  description,
  amount,
  code,
  scenario,
  token,
  userAgent,
  terminalType = 'WEB',
  osType,
  referenceOrderId = `ORD-${randomUUID()}`,
}) {
  const order = {
    paymentRequestId: `REQ-${randomUUID()}`,
    referenceOrderId, // the same where an order is paid anew
    description,
    amount,
    terminalType,
    osType: osType ?? (terminalType === 'APP' || terminalType === 'WAP' ? 'IOS' : undefined),
    code, // the payment code that the payer showed in the shop; undefined when he pays on his own device
    token, // the access token of an agreement: the payer is not asked
    userAgent, // of the payer who read the code of the shop
    scenario: scenario ?? (code && 'PaymentCode'), // whose code is read in the shop; undefined online
    state: 'NEW',
    createdAt: new Date().toISOString(),
    notifications: 0,
    inquiries: 0,
  }
  orders.set(order.paymentRequestId, order)
  return order
}

const FINAL = ['SUCCESS', 'FAILED', 'CANCELLED']

/** A final state never changes, whatever arrives late or twice. */
export function setState(order, state) {
  if (FINAL.includes(order.state)) return
  order.state = state
}

const escapeHtml = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 68rem; margin: 2rem auto; padding: 0 1rem }
  ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; padding: 0; list-style: none }
  li { border: 1px solid #8886; border-radius: .5rem; padding: 1rem }
  button { font: inherit; padding: .3rem .8rem; border: 1px solid #0f766e; border-radius: .3rem; background: #0f766e; color: #fff; cursor: pointer }
  .scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; white-space: nowrap }
  .actions { display: flex; gap: .5rem }
  code { font-size: .85em }`

export function page(title, content, refresh = false) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
${refresh ? '<meta http-equiv="refresh" content="2">' : ''}<title>${escapeHtml(title)}</title><style>${style}</style>
<main><h1>${escapeHtml(title)}</h1>${content}</main></html>`
}

const actions = (order) =>
  ['inquire', 'cancel', 'refund'].map(
    (action) =>
      `<form method="post" action="/${action}?id=${encodeURIComponent(order.paymentRequestId)}"><button>${action}</button></form>`,
  )

export function shopPage({ isSigning }) {
  const shelf = goods.map(
    (item) =>
      `<li><strong>${item.name}</strong><p>${item.text}</p><form method="post" action="/buy?item=${item.id}"><button>Buy</button></form></li>`,
  )
  const rows = [...orders.values()].reverse().map(
    (
      order,
    ) => `<tr><td>${escapeHtml(order.description)}<td>${escapeHtml(order.amount.value)} ${escapeHtml(order.amount.currency)}
<td><strong>${escapeHtml(order.state)}</strong> ${escapeHtml(order.fault ?? '')}<td>${order.notifications}<td><code>${escapeHtml(order.paymentRequestId)}</code>
<td class="actions">${actions(order).join('')}</tr>`,
  )
  const [word, other] = isSigning ? ['signed', 'unsigned'] : ['unsigned', 'signed']
  return page(
    'Example shop',
    `<ul>${shelf.join('')}</ul><h2>Orders</h2><div class="scroll"><table>
<tr><th>Goods<th>Amount<th>State<th>Notifications<th>paymentRequestId<th></tr>${rows.join('')}</table></div>
<h2>Acknowledgements</h2><p>Notifications are answered <strong>${word}</strong>. Unsigned answers do not count, and the network sends again.</p>
<form method="post" action="/switch"><button>Answer ${other}</button></form>`,
  )
}

export function returnPage(order) {
  const waiting = order.state === 'NEW' || order.state === 'PAYING'
  return page(
    waiting ? 'Waiting for your payment' : order.state === 'SUCCESS' ? 'Thank you' : 'Not paid',
    `<p>${escapeHtml(order.description)}: <strong>${escapeHtml(order.state)}</strong></p><p><a href="/">Back to the shop</a></p>`,
    waiting,
  )
}
