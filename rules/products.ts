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

/** Notifications that the network sends to a partner: told again until they are acknowledged. */
const NOTIFICATION_APIS = {
  notifyPayment: { title: 'notifyPayment', essence: 'The final outcome of a payment.' },
  authNotify: { title: 'authNotify', essence: 'What became of an agreement of Auto Debit.' },
  notifyRefund: { title: 'notifyRefund', essence: 'The outcome of a refund, in AMS.' },
  initiateRetrieval: { title: 'initiateRetrieval', essence: 'A payer asks what a payment was for.' },
  initiateEscalation: { title: 'initiateEscalation', essence: 'A payer wants money back.' },
  responseRetrieval: { title: 'responseRetrieval', essence: 'What an acquirer has said to your payer’s question.' },
  responseEscalation: { title: 'responseEscalation', essence: 'What an acquirer gives back to your payer.' },
  notifyRegistrationStatus: { title: 'notifyRegistrationStatus', essence: 'Whether the wallets take a merchant.' },
} as const

export type NotificationApi = keyof typeof NOTIFICATION_APIS
export const notificationApis = Object.keys(NOTIFICATION_APIS) as [NotificationApi, ...NotificationApi[]] // keys of a constant

/** Everything that the network calls at a partner, each at a URL of its own: notifications, and questions that want an answer. */
export const PARTNER_APIS = {
  ...NOTIFICATION_APIS,
  consultUnbinding: { title: 'consultUnbinding', essence: 'Whether a payer may end an agreement of Auto Debit.' },
  userInitiatedPay: { title: 'userInitiatedPay', essence: 'What is to be paid for a private code of yours.' },
  pay: { title: 'pay', essence: 'A payer has shown a code of your wallet: pay from it.' },
  inquiryPayment: { title: 'inquiryPayment', essence: 'How a payment from your wallet went.' },
  cancelPayment: { title: 'cancelPayment', essence: 'A payment from your wallet is void: its money goes back.' },
  refund: { title: 'refund', essence: 'Money that goes back to a payer of your wallet.' },
} as const

export type PartnerApi = keyof typeof PARTNER_APIS
export const partnerApis = Object.keys(PARTNER_APIS) as [PartnerApi, ...PartnerApi[]] // keys of a constant

/** Those that want an answer: they stand in the request log, notifications in a log of their own. */
export const QUESTION_APIS = partnerApis.filter((api) => !(api in NOTIFICATION_APIS))

/** What an acquirer may do without: private codes are for those who print their own, and an agreement may simply end. */
const OF_ANY = ['notifyRegistrationStatus', 'initiateRetrieval', 'initiateEscalation'] as const
const OPTIONAL: Record<ProductId, readonly PartnerApi[]> = {
  cashier: OF_ANY,
  auto_debit: [...OF_ANY, 'consultUnbinding'],
  user_presented: OF_ANY,
  merchant_presented: [...OF_ANY, 'userInitiatedPay'],
}
const OPTIONAL_OF_WALLETS: readonly PartnerApi[] = ['responseRetrieval', 'responseEscalation']

/** What a wallet answers, whatever its products are; only a code that its payer shows makes the network call `pay`. */
const OF_WALLETS: readonly PartnerApi[] = ['inquiryPayment', 'cancelPayment', 'refund']

/** The URLs that an application of this type with these products can set, in the order of the catalogue. */
export function partnerApisOf(type: PartnerType, products: readonly ProductId[]): PartnerApi[] {
  const called = products.flatMap((id): readonly PartnerApi[] =>
    type === 'wallet'
      ? [...(id === 'user_presented' ? (['pay'] as const) : []), ...OF_WALLETS, ...OPTIONAL_OF_WALLETS]
      : [...PRODUCTS[id].notifications, ...OPTIONAL[id]],
  )
  return partnerApis.filter((api) => called.includes(api))
}

export const isOptionalApi = (api: PartnerApi): boolean =>
  [...Object.values(OPTIONAL), OPTIONAL_OF_WALLETS].some((apis) => apis.includes(api))

/** Those of them without which the application cannot go live. */
export function neededApisOf(type: PartnerType, products: readonly ProductId[]): PartnerApi[] {
  return partnerApisOf(type, products).filter((api) => !isOptionalApi(api))
}

/** The products of a contract as they are stored; a partner of before there were any has all of them. */
export function contractProductsOf(stored: string | null): ProductId[] {
  return stored === null ? [...productIds] : (JSON.parse(stored) as ProductId[]) // written by us
}
