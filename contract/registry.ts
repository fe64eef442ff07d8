/** The registry: launched applications for systems of the network, such as its production gateway. Asked with a token, never a session. */
import * as z from 'zod'
import { REGISTRY } from '../rules/limits.ts'
import { partnerApis, partnerTypes, productIds } from '../rules/products.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './wire.ts'

const ClientId = z.string().regex(/^[A-Z0-9]{20}$/, 'a production Client ID')

export const RegistryClient = z.object({
  clientId: z.string(),
  /** What is not launched is not served. */
  status: z.literal('launched'),
  applicationId: Id('app'),
  applicationName: z.string(),
  partnerId: Id('ptn'),
  partnerName: z.string(),
  partnerType: z.enum(partnerTypes),
  /** Active ones only, the newest first. A signature is good if one of them verifies it. */
  keys: z.array(
    z.object({
      version: z.number(),
      /** Base64 of the SubjectPublicKeyInfo. */
      publicKey: z.string(),
      fingerprint: z.string(),
      activeSince: Instant,
    }),
  ),
  notificationUrls: z.array(z.object({ api: z.enum(partnerApis), url: z.string() })),
  /** Launched ones only. */
  products: z.array(z.enum(productIds)),
  launchedAt: Instant,
  /** When keys, URLs or products changed last. */
  updatedAt: Instant,
})
export type RegistryClient = z.infer<typeof RegistryClient>

export const getRegistryClient = endpoint({
  summary:
    'One launched client. With the ETag of the answer before, in If-None-Match, the answer is 304 while nothing has changed.',
  method: 'GET',
  path: '/registry/v1/clients/:clientId',
  needs: 'registry',
  params: z.strictObject({ clientId: ClientId }),
  returns: RegistryClient,
})

export const listRegistryClients = endpoint({
  summary: 'All launched clients, by Client ID, page by page.',
  method: 'GET',
  path: '/registry/v1/clients',
  needs: 'registry',
  query: z.strictObject({
    cursor: ClientId.optional(),
    limit: z.coerce.number().int().min(1).max(REGISTRY.page).default(REGISTRY.page),
  }),
  returns: z.object({ items: z.array(RegistryClient), nextCursor: z.string().nullable() }),
})

export const getRegistryEventKey = endpoint({
  summary: 'The public key that launch events are signed with: raw Ed25519 in base64, as Standard Webhooks writes it.',
  method: 'GET',
  path: '/registry/v1/event-key',
  needs: 'registry',
  returns: z.object({ algorithm: z.literal('Ed25519'), publicKey: z.string(), fingerprint: z.string() }),
})
