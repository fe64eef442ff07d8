/** The example partner goes the acceptance cases by real traffic: done right, and with one habit left out at a time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getAcceptance, type CaseView } from '../contract/acceptance.ts'
import { addProducts, getSandbox, setNotificationUrl } from '../contract/applications.ts'
import { suiteOf } from '../rules/acceptance.ts'
import type { Demand } from '../rules/acceptance/demands.ts'
import { type Family, families } from '../rules/interfaces.ts'
import { type ProductId, productIds } from '../rules/products.ts'
import { testEngine } from './database.ts'
import { makeIntegration } from './make.ts'
import { walletKey } from './partner.ts'
import {
  Shop,
  walkAutoDebitCases,
  walkCashierCases,
  walkMerchantPresentedCases,
  walkUserPresentedCases,
} from './shop.ts'
import { type Center, startCenter } from './start.ts'

let center: Center
beforeAll(async () => {
  // The late notification comes at once, and so does the ladder.
  center = await startCenter({ config: { clockFactor: 600 } })
})
afterAll(() => center.close())

/** Every required case of a product, as it stands after the whole way. */
async function standings({
  without = '',
  family = 'aps',
  product = 'cashier',
}: Partial<Asked> = {}): Promise<Map<string, CaseView>> {
  const { application, developer, sandbox, server } = await makeIntegration(center, { notify: false })
  const { clientId, networkPublicKey } = sandbox
  const { privateKey } = server
  await server.close()
  const shop = await Shop.start({
    gateway: center.origin,
    clientId,
    networkPublicKey: networkPublicKey ?? '',
    privateKey,
    without,
    family,
  })
  const params = { applicationId: application.id }
  try {
    if (product !== 'cashier') await developer.do(addProducts, { params, body: { products: [product] } })
    await developer.do(setNotificationUrl, {
      params: { ...params, api: 'notifyPayment' },
      body: { url: shop.notifyUrl },
    })
    const { testWalletUrl } = await developer.do(getSandbox, { params })
    await WALKS[product]({ shop, developer, applicationId: application.id }, walletKey(testWalletUrl))
    const { suites } = await developer.do(getAcceptance, { params })
    const cases = suites.flatMap((suite) => suite.cases).map((one) => [one.id, one] as const)
    return new Map(
      requiredOf(product).flatMap((id) =>
        cases.filter(([of]) => of === id).map(([, one]) => [nameOf(id), one] as const),
      ),
    )
  } finally {
    shop.stop()
  }
}

const requiredOf = (product: ProductId) =>
  suiteOf(product)
    .cases.filter(({ required }) => required)
    .map(({ id }) => id)
const nameOf = (id: string) => id.replace(/^\w+\./, '')

type Asked = { without: string; family: Family; product: ProductId }
const WALKS = {
  cashier: walkCashierCases,
  user_presented: walkUserPresentedCases,
  merchant_presented: walkMerchantPresentedCases,
  auto_debit: walkAutoDebitCases,
}

const ways = families.flatMap((family) => productIds.map((product) => ({ family, product })))

test.concurrent.each(ways)(
  'a partner who does everything right passes every required case of $product in $family',
  { timeout: 120_000 },
  async (way) => {
    const cases = await standings(way)
    expect(Object.fromEntries([...cases].map(([name, { state }]) => [name, state]))).toEqual(
      Object.fromEntries(requiredOf(way.product).map((id) => [nameOf(id), 'passed'])),
    )
  },
)

/** The cases that fail, with the rule that the verdict names; what it expected, and what it received. */
type Fault = [failing: Record<string, Demand>, expected: RegExp, received: RegExp]
const all = (names: string[], rule: Demand) => Object.fromEntries(names.map((name) => [name, rule]))

const FAULTS: Record<string, Fault> = {
  verifiesAnswers: [
    { answer_forged: 'answer.verify' },
    /inquiryPayment or the same pay/,
    /the payer was sent to the paymentUrl/,
  ],
  verifiesNotifications: [
    { notification_forged: 'notification.refuse' },
    /any answer without/,
    /HTTP 200 and resultStatus S/,
  ],
  signsAcknowledgements: [
    all(
      [
        'success_web',
        'success_app',
        'success_wap',
        'declined',
        'balance',
        'notification_forged',
        'notification_repeated',
      ],
      'notification.acknowledge',
    ),
    /a signature that verifies/,
    /carried no signature/,
  ],
  acknowledgesAgain: [{ notification_repeated: 'notification.acknowledge_again' }, /three acknowledged/, /delivery 2/],
  inquiresUnknown: [{ in_process: 'unknown.inquire' }, /until paymentResult is S or F/, /without an inquiry before/],
  cancelsUnanswered: [{ no_answer: 'unknown.cancel' }, /then cancelPayment answered S/, /another paymentRequestId/],
  repeatsUnchanged: [{ repeated_pay: 'repeat.same' }, /same key fields/, /REPEAT_REQ_INCONSISTENT/],
  leavesFailedAlone: [all(['declined', 'balance'], 'failure.final'), /no further pay/, /pay answered/],
  leavesCancelledAlone: [{ cancelled: 'cancel.final' }, /no refund/, /refund answered/],
  refundsInCurrencyOfPayment: [
    { refund_full: 'refund.whole', refund_parts: 'refund.parts', refund_too_large: 'refund.limit' },
    /refund/,
    /PARAM_ILLEGAL: refundAmount \d+ EUR/,
  ],
  namesEachRefund: [{ refund_parts: 'refund.parts' }, /two ids/, /the id of the first part again/],
  stopsAtRefundLimit: [{ refund_too_large: 'refund.limit' }, /REFUND_AMOUNT_EXCEED once/, /another refundRequestId/],
}

// What a judge says does not depend on where the evidence is kept: once is enough.
test.runIf(testEngine() === 'sqlite').concurrent.each(Object.entries(FAULTS))(
  'without %s fails exactly the cases that look for it, and is told why',
  { timeout: 120_000 },
  async (habit, [failing, expected, received]) => {
    const cases = await standings({ without: habit })
    const wrong = [...cases].filter(([, { state }]) => state !== 'passed')
    expect(
      Object.fromEntries(wrong.map(([name, { state, verdict }]) => [name, `${state} by ${verdict?.rule}`])),
    ).toEqual(Object.fromEntries(Object.entries(failing).map(([name, rule]) => [name, `failed by ${rule}`])))
    for (const [, { verdict }] of wrong) {
      expect(verdict?.expected).toMatch(expected)
      expect(verdict?.received).toMatch(received)
      expect(verdict?.exchange ?? verdict?.notification).toMatch(/^(exc|ntf)_/)
    }
  },
)
