/** Applications of the demo on their last way: one that is live, and one that waits for its review. */
import { createServer } from 'node:http'
import { createApplication, modifyApplication, setNotificationUrl, setSandboxKey } from '../../contract/applications.ts'
import * as launch from '../../contract/launch.ts'
import * as production from '../../contract/production.ts'
import type { UatItem } from '../../rules/uat.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { confirmNow, proveNewKey } from '../../test/launch.ts'
import { newPair } from '../../test/partner.ts'
import { Shop, walkCashierCases } from '../../test/shop.ts'

type Options = { admin: TestBrowser; staff: TestBrowser; exampleOrigin: string }

const api = 'notifyPayment' as const

export async function seedLaunches({ admin, staff, exampleOrigin }: Options): Promise<void> {
  // The example partner is not there yet; something has to answer at its address.
  const place = createServer((_request, response) => response.writeHead(405).end())
  const { hostname, port } = new URL(exampleOrigin)
  await new Promise<void>((resolve) => place.listen(Number(port), hostname, () => resolve()))
  try {
    const names = ['Ferry tickets', 'Museum passes']
    const [ferry = '', museum = ''] = await Promise.all(
      names.map((name) => makeReady(admin, name, `${exampleOrigin}/notify`)),
    )
    await confirmNow(staff, await ask(admin, ferry))
    const request = await ask(admin, museum)
    const remarks = [{ item: 'test_values' as const, text: 'The description should say who sells the passes.' }]
    await staff.do(launch.returnLaunchRequest, { params: { requestId: request }, body: { remarks } })
    const params = { applicationId: museum }
    const description = 'Day passes of the three harbour museums, sold by their own web shop.'
    await admin.do(modifyApplication, { params, body: { name: 'Museum passes', description } })
    await admin.do(launch.handBackLaunch, { params })
  } finally {
    place.closeAllConnections()
    await new Promise<void>((resolve) => place.close(() => resolve()))
  }
}

const TICKED: UatItem[] = ['sandbox_cases', 'contacts', 'schedule', 'merchant_live', 'production_key', 'pay_success']

/** Its acceptance cases are passed by real traffic, its production is configured. */
async function makeReady(admin: TestBrowser, name: string, productionUrl: string): Promise<string> {
  const { id: applicationId } = await admin.do(createApplication, {
    body: { name, partnerType: 'acquirer', description: `${name} of the harbour.`, products: ['cashier'] },
  })
  const params = { applicationId }
  const pair = newPair()
  const { clientId, networkPublicKey } = await admin.do(setSandboxKey, { params, body: { publicKey: pair.publicKey } })
  const shop = await Shop.start({
    gateway: admin.origin,
    clientId,
    networkPublicKey: networkPublicKey ?? '',
    privateKey: pair.privateKey,
  })
  try {
    await admin.do(setNotificationUrl, { params: { ...params, api }, body: { url: shop.notifyUrl } })
    await walkCashierCases({ shop, developer: admin, applicationId })
  } finally {
    shop.stop()
  }
  await proveNewKey(admin, applicationId)
  await admin.do(production.setProductionUrl, { params: { ...params, api }, body: { url: productionUrl } })
  for (const item of TICKED)
    await admin.do(production.tickUat, { params: { ...params, item }, body: { isTicked: true } })
  return applicationId
}

/** The id of the request. */
async function ask(admin: TestBrowser, applicationId: string): Promise<string> {
  const { requests } = await admin.do(launch.launchApplication, { params: { applicationId } })
  return requests[0]?.id ?? ''
}
