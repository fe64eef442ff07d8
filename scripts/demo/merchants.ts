/** The merchants of the demo's application: each at another point of its way. */
import * as merchants from '../../contract/merchants.ts'
import { checkWalletInvitation, acceptWalletInvitation, decideOrder, logInToWallet } from '../../contract/wallet.ts'
import { csvLine } from '../../rules/cells.ts'
import { TestBrowser } from '../../test/browser.ts'
import { orderKey, type TestPartner } from '../../test/partner.ts'
import type { Mailbox } from './mailbox.ts'

const LISTED = [
  ['Merchant name', 'MID', 'E-mail', 'Products'],
  ['Pier Books', 'PB-0042', 'shop@pier-books.example', 'Cashier Payment'],
  ['Old Mill Bakery', 'OMB-0007', 'hello@old-mill-bakery.example', ''],
  ['Lighthouse Tours', 'LT-0113', 'bookings@lighthouse-tours.example', ''],
]

type Options = {
  admin: TestBrowser
  applicationId: string
  shop: TestPartner
  origin: string
  mailbox: Mailbox
  password: string
}

/** Returns the account number of the one who is active. */
export async function seedMerchants({ admin, applicationId, shop, origin, mailbox, password }: Options) {
  const params = { applicationId }
  const invite = (name: string, mid: string, email: string) =>
    admin.do(merchants.inviteMerchant, { params, body: { name, mid, email, products: ['cashier', 'user_presented'] } })
  const tokenFor = async (email: string) =>
    new URL(/https?:\/\/\S+/.exec((await mailbox.waitFor(email)).text)?.[0] ?? '').hash.slice(1)

  const theatre = await invite('Harbour Theatre', 'HT-00127', 'till@harbour-theatre.example')
  const phone = new TestBrowser(origin)
  const token = await tokenFor(theatre.email)
  await phone.do(acceptWalletInvitation, { body: { token, password } })
  await phone.do(logInToWallet, { body: { account: theatre.account, password } })
  const { body } = await shop.pay()
  await phone.do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })

  const museum = await invite('Tide Museum', 'TM-0300', 'tickets@tide-museum.example')
  await phone.do(checkWalletInvitation, { body: { token: await tokenFor(museum.email) } })
  const slip = await invite('Ferry Kiosk', 'FK-0001', 'kiosk@fery.example')
  await admin.do(merchants.withdrawMerchantInvitation, { params: { ...params, merchantId: slip.id } })
  const file = Buffer.from(LISTED.map(csvLine).join(''))
  await admin.do(merchants.storeMerchantFile, { params, query: { name: 'merchants.csv' }, body: file })
  return theatre.account
}
