/** Applications, their products, and the settings of their sandbox. */
import * as z from 'zod'
import { applicationStatuses } from '../rules/application.ts'
import { APPLICATION, KEY, SANDBOX_CLOCK, URL_MAX } from '../rules/limits.ts'
import { partnerApis, partnerTypes, productIds } from '../rules/products.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, Instant, Line, Text } from './wire.ts'

export const ApplicationId = z.strictObject({ applicationId: Id('app') })

const ApplicationName = Line(APPLICATION.nameMin, APPLICATION.nameMax)
const Description = Text(APPLICATION.descriptionMax)
const Products = z
  .array(z.enum(productIds))
  .min(1, 'at least one product')
  .refine((list) => new Set(list).size === list.length, 'each product once')

const ProductOfApplication = z.object({ id: z.enum(productIds), status: z.enum(applicationStatuses) })

export const ApplicationView = z.object({
  id: Id('app'),
  name: z.string(),
  partnerType: z.enum(partnerTypes),
  description: z.string(),
  status: z.enum(applicationStatuses),
  products: z.array(ProductOfApplication),
  createdAt: Instant,
  createdBy: z.string(),
  /** What the home page reads the tasks off. */
  facts: z.object({
    keySet: z.boolean(),
    verifiedCall: z.boolean(),
    /** Of the required acceptance cases, as they stood when somebody looked last. */
    cases: z.object({ required: z.number(), passed: z.number() }),
    merchantInvited: z.boolean(),
    productionReady: z.boolean(),
    launched: z.boolean(),
  }),
  /** Calls in the sandbox within the last 24 hours: shown before a deletion. */
  callsLastDay: z.number(),
})
export type ApplicationView = z.infer<typeof ApplicationView>

export const listApplications = endpoint({
  summary: 'The applications of the organisation, oldest first.',
  method: 'GET',
  path: '/applications',
  needs: 'application.view',
  returns: z.object({ items: z.array(ApplicationView) }),
})

export const listApplicationNames = endpoint({
  summary: 'Names of applications and of their products, and nothing else: what inviting merchants needs to know.',
  method: 'GET',
  path: '/application-names',
  needs: 'merchant.invite',
  returns: z.object({
    items: z.array(z.object({ id: Id('app'), name: z.string(), products: z.array(z.enum(productIds)) })),
  }),
})

export const getApplication = endpoint({
  summary: 'One application.',
  method: 'GET',
  path: '/applications/:applicationId',
  needs: 'application.view',
  params: ApplicationId,
  returns: ApplicationView,
})

export const createApplication = endpoint({
  summary: 'Creates an application with its products, and allots its sandbox at once.',
  method: 'POST',
  path: '/applications',
  needs: 'application.create',
  body: z.strictObject({
    name: ApplicationName,
    partnerType: z.enum(partnerTypes),
    description: Description,
    products: Products,
  }),
  returns: ApplicationView,
  refusals: ['application.name_taken', 'application.too_many', 'application.wrong_partner_type'],
})

export const modifyApplication = endpoint({
  summary: 'Changes name and description. The partner type is fixed.',
  method: 'PATCH',
  path: '/applications/:applicationId',
  needs: 'application.modify',
  params: ApplicationId,
  body: z.strictObject({ name: ApplicationName, description: Description }),
  returns: ApplicationView,
  refusals: ['application.name_taken'],
})

export const deleteApplication = endpoint({
  summary: 'Deletes an application, for 30 days restorable. Its name must be typed; a launched one is refused.',
  method: 'DELETE',
  path: '/applications/:applicationId',
  needs: 'application.delete',
  asksProof: () => true,
  params: ApplicationId,
  body: z.strictObject({ typedName: z.string().max(200) }),
  returns: Done,
  refusals: ['application.name_differs', 'application.launched'],
})

const DeletedApplication = z.object({
  id: Id('app'),
  name: z.string(),
  partnerType: z.enum(partnerTypes),
  products: z.array(z.enum(productIds)),
  deletedAt: Instant,
  /** From then on it is gone, with everything under it. */
  restorableUntil: Instant,
})

export const listDeletedApplications = endpoint({
  summary: 'The applications that were deleted and can still be restored, the last deleted first.',
  method: 'GET',
  path: '/deleted-applications',
  needs: 'application.delete',
  returns: z.object({ items: z.array(DeletedApplication) }),
})

export const restoreApplication = endpoint({
  summary: `Takes a deletion back within ${APPLICATION.restorableSeconds / 86_400} days: client id, keys, URLs and logs are as before.`,
  method: 'POST',
  path: '/deleted-applications/:applicationId/restore',
  needs: 'application.delete',
  params: ApplicationId,
  returns: ApplicationView,
  refusals: ['application.name_reused', 'application.too_many'],
})

export const addProducts = endpoint({
  summary: 'Adds products to an application.',
  method: 'POST',
  path: '/applications/:applicationId/products',
  needs: 'product.add',
  params: ApplicationId,
  body: z.strictObject({ products: Products }),
  returns: ApplicationView,
  refusals: ['product.present'],
})

export const removeProduct = endpoint({
  summary: 'Removes a product. The last one, and a launched one, are refused.',
  method: 'DELETE',
  path: '/applications/:applicationId/products/:productId',
  needs: 'product.remove',
  params: z.strictObject({ applicationId: Id('app'), productId: z.enum(productIds) }),
  returns: ApplicationView,
  refusals: ['product.absent', 'product.last', 'product.launched'],
})

/**
 * `active`: verifies calls. `waiting`: verifies nothing until a signature of `challenge` proves it; the keys before it go on working.
 * `retired`: verifies nothing any more.
 */
export const PublicKey = z.object({
  version: z.number(),
  state: z.enum(['active', 'waiting', 'retired']),
  fingerprint: z.string(),
  bits: z.number(),
  /** The key as base64 of its SubjectPublicKeyInfo. */
  publicKey: z.string(),
  setAt: Instant,
  setBy: z.string(),
  /** When its text was signed; of the first key of a sandbox, the first call that verified with it. */
  provedAt: Instant.nullable(),
  /** Of a waiting key: the text that its private half has to sign, until it expires. */
  challenge: z.object({ text: z.string(), expiresAt: Instant }).nullable(),
})

/** Why a text is no public key of a partner, in any environment. */
export const KEY_REFUSALS = [
  'key.empty',
  'key.private',
  'key.certificate',
  'key.certificate_request',
  'key.openssh',
  'key.several',
  'key.truncated',
  'key.unreadable',
  'key.not_rsa',
  'key.too_short',
  'key.too_long',
  'key.wrong_exponent',
  'key.weak',
  'key.center',
  'key.in_use',
] as const

/** What only a sandbox takes, and may be written wrongly. */
export const SANDBOX_URL_REFUSALS = ['url.not_relay', 'url.not_inbox'] as const

/** Why nothing can be sent to a URL, in any environment. */
export const URL_REFUSALS = [
  'url.malformed',
  'url.not_https',
  'url.credentials',
  'url.port',
  'url.not_public',
  'url.not_applicable',
] as const

export const SandboxView = z.object({
  gatewayEndpoint: z.string(),
  clientId: z.string(),
  /** Acquirers and wallets. */
  participantId: z.string().nullable(),
  /** Technical service providers see these two instead. */
  testAcquirerId: z.string().nullable(),
  customerId: z.string().nullable(),
  /** Shown only once a public key is set. */
  certificationType: z.string().nullable(),
  keys: z.array(PublicKey),
  /** The network's public key for this application, once a key is set: base64 of the SubjectPublicKeyInfo. */
  networkPublicKey: z.string().nullable(),
  notificationUrls: z.array(z.object({ api: z.enum(partnerApis), url: z.string().nullable() })),
  /** The Test Wallet of this application as a page for a phone. The link is a secret: whoever has it can pay here. */
  testWalletUrl: z.string(),
  /** The clock of this sandbox, which can be moved forward: `now` by it, and how far it is ahead of the real time. */
  clock: z.object({ now: Instant, offsetSeconds: z.number() }),
})
export type SandboxView = z.infer<typeof SandboxView>

export const getSandbox = endpoint({
  summary: 'The sandbox settings of an application.',
  method: 'GET',
  path: '/applications/:applicationId/sandbox',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: SandboxView,
})

export const setSandboxKey = endpoint({
  summary:
    'Sets or replaces the public key: RSA of 2048 to 4096 bits with exponent 65537, PEM or base64, PKCS#1 or SPKI. The first is active at once; a replacement waits until a signature proves it.',
  method: 'PUT',
  path: '/applications/:applicationId/sandbox/key',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ publicKey: z.string().max(KEY.pastedMax) }),
  returns: SandboxView,
  refusals: [...KEY_REFUSALS, 'key.of_production'],
})

export const setNotificationUrl = endpoint({
  summary:
    'Sets or clears the URL of one notification: https, or relay: and a path, or inbox: and a path. The address is checked now and again at each delivery.',
  method: 'PUT',
  path: '/applications/:applicationId/sandbox/notification-urls/:api',
  needs: 'sandbox.develop',
  params: z.strictObject({ applicationId: Id('app'), api: z.enum(partnerApis) }),
  body: z.strictObject({ url: z.string().trim().min(1).max(URL_MAX).nullable() }),
  returns: SandboxView,
  refusals: [...URL_REFUSALS, ...SANDBOX_URL_REFUSALS],
})

export const forwardSandboxClock = endpoint({
  summary:
    'Moves the clock of the sandbox forward, for good: orders expire, windows end. Signatures and notifications stay on real time.',
  method: 'POST',
  path: '/applications/:applicationId/sandbox/clock',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ forwardSeconds: z.int().min(1).max(SANDBOX_CLOCK.forwardSecondsMax) }),
  returns: SandboxView,
  refusals: ['clock.too_far'],
})
