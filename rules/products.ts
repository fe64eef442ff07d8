/** The catalogue: what a partner can integrate. A product names the interfaces it uses and the notifications it causes. */

export const PARTNER_TYPES = {
  acquirer: { title: 'Acquiring Partner', short: 'ACQP' },
  wallet: { title: 'Mobile Payment Partner', short: 'MPP' },
  technical_service_provider: { title: 'Technical Service Provider', short: 'TSP' },
} as const

export type PartnerType = keyof typeof PARTNER_TYPES
export const partnerTypes = Object.keys(PARTNER_TYPES) as [PartnerType, ...PartnerType[]] // keys of a constant

export const PRODUCTS = {
  cashier: {
    title: 'Cashier Payment',
    where: 'online',
    essence: "The merchant sends the payer to the wallet's page to confirm.",
    docs: '/docs/guide/cashier-payment',
    notifications: ['notifyPayment'],
  },
  auto_debit: {
    title: 'Auto Debit',
    where: 'online',
    essence: 'The payer agrees once; later charges need no confirmation.',
    docs: '/docs/guide/auto-debit',
    notifications: ['notifyPayment', 'authNotify'],
  },
  user_presented: {
    title: 'User-presented Mode Payment',
    where: 'in store',
    essence: "The merchant reads the payer's code.",
    docs: '/docs/guide/user-presented-payment',
    notifications: ['notifyPayment'],
  },
  merchant_presented: {
    title: 'Merchant-presented Mode Payment',
    where: 'in store',
    essence: "The payer reads the merchant's code (entry code, order code).",
    docs: '/docs/guide/merchant-presented-payment',
    notifications: ['notifyPayment'],
  },
} as const

export type ProductId = keyof typeof PRODUCTS
export const productIds = Object.keys(PRODUCTS) as [ProductId, ...ProductId[]] // keys of a constant

/** In a shop: the payer's code, a code of the order, or the shop's own. */
export const SCENARIOS = ['PaymentCode', 'OrderCode', 'EntryCode'] as const
export type Scenario = (typeof SCENARIOS)[number]

type Asked = {
  isAgreementPayment: boolean
  isInStorePayment: boolean
  isCashierPayment: boolean
  inStorePaymentScenario: string | undefined
  /** A payment code or a token is named. */
  hasMethodId: boolean
}

/**
 * The product that a `pay` asks for, in the order in which its flags count; gateway and judge decide by it. A token without any flag is
 * an agreement too: the documents leave the flag of acquirers open. Undefined where nothing says it.
 */
export function productAsked(asked: Asked): { product: ProductId; scenario: Scenario | null } | undefined {
  const hasFlag = asked.isInStorePayment || asked.isCashierPayment
  if (asked.isAgreementPayment || (!hasFlag && asked.hasMethodId)) return { product: 'auto_debit', scenario: null }
  if (!asked.isInStorePayment) return asked.isCashierPayment ? { product: 'cashier', scenario: null } : undefined
  const scenario = SCENARIOS.find((name) => name === asked.inStorePaymentScenario)
  if (scenario === undefined) return undefined
  return { product: scenario === 'PaymentCode' ? 'user_presented' : 'merchant_presented', scenario }
}

/** Notifications that the network sends to a partner, each to a URL of its own. */
export const NOTIFICATION_APIS = {
  notifyPayment: { title: 'notifyPayment', essence: 'The final outcome of a payment.' },
  authNotify: { title: 'authNotify', essence: 'What became of an agreement of Auto Debit.' },
  notifyRefund: { title: 'notifyRefund', essence: 'The outcome of a refund, in AMS.' },
} as const

export type NotificationApi = keyof typeof NOTIFICATION_APIS
export const notificationApis = Object.keys(NOTIFICATION_APIS) as [NotificationApi, ...NotificationApi[]] // keys of a constant

/** The notification URLs that an application with these products can set, in the order of the catalogue. */
export function notificationApisOf(products: readonly ProductId[]): NotificationApi[] {
  return notificationApis.filter((api) =>
    products.some((id) => PRODUCTS[id].notifications.some((name) => name === api)),
  )
}

/** The products of a contract as they are stored; a partner of before there were any has all of them. */
export function contractProductsOf(stored: string | null): ProductId[] {
  return stored === null ? [...productIds] : (JSON.parse(stored) as ProductId[]) // written by us
}
