/** Production of an application: its Client ID, its keys with their proof, its notification URLs, and the UAT checklist. */
import * as z from 'zod'
import { KEY, KEY_PROOF, URL_MAX } from '../rules/limits.ts'
import { partnerApis } from '../rules/products.ts'
import { uatItems, uatPhases } from '../rules/uat.ts'
import { ApplicationId, KEY_REFUSALS, PublicKey, URL_REFUSALS } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './wire.ts'

const KeyVersion = z.strictObject({ applicationId: Id('app'), version: z.coerce.number().int().min(1).max(1_000_000) })

export const ProductionView = z.object({
  clientId: z.string(),
  /** The network's production gateway and its public key, where the operator has told them. */
  gatewayEndpoint: z.string().nullable(),
  networkPublicKey: z.string().nullable(),
  keys: z.array(PublicKey),
  notificationUrls: z.array(
    z.object({
      api: z.enum(partnerApis),
      url: z.string().nullable(),
      /** The last look at this very URL; null: nobody has looked yet. `status` null: no answer came, for the reason of `fault`. */
      look: z.object({ at: Instant, status: z.number().nullable(), fault: z.string().nullable() }).nullable(),
    }),
  ),
  isLaunched: z.boolean(),
})
export type ProductionView = z.infer<typeof ProductionView>

export const getProduction = endpoint({
  summary: 'The production settings of an application.',
  method: 'GET',
  path: '/applications/:applicationId/production',
  needs: 'production.configure',
  params: ApplicationId,
  returns: ProductionView,
})

export const setProductionKey = endpoint({
  summary:
    'Sets a new version of the production key. It waits until a signature proves it; the keys before it go on working.',
  method: 'PUT',
  path: '/applications/:applicationId/production/key',
  needs: 'production.configure',
  asksProof: () => true,
  params: ApplicationId,
  body: z.strictObject({ publicKey: z.string().max(KEY.pastedMax) }),
  returns: ProductionView,
  refusals: [...KEY_REFUSALS, 'key.of_sandbox'],
})

export const challengeProductionKey = endpoint({
  summary: 'Gives a new text to sign for a waiting key. The text before it is void.',
  method: 'POST',
  path: '/applications/:applicationId/production/keys/:version/challenge',
  needs: 'production.configure',
  params: KeyVersion,
  returns: ProductionView,
  refusals: ['key.not_waiting'],
})

export const proveProductionKey = endpoint({
  summary:
    'Proves a waiting key by the signature of its text: RSA PKCS#1 v1.5 with SHA-256, in base64. It is active from then on; of more than two active keys the oldest is retired.',
  method: 'POST',
  path: '/applications/:applicationId/production/keys/:version/proof',
  needs: 'production.configure',
  asksProof: () => true,
  params: KeyVersion,
  body: z.strictObject({ signature: z.string().min(1).max(KEY_PROOF.signatureMax) }),
  returns: ProductionView,
  refusals: ['key.not_waiting', 'key.proof_unknown', 'key.proof_wrong'],
})

export const retireProductionKey = endpoint({
  summary: 'Retires a version of the production key: it verifies nothing any more, for good.',
  method: 'POST',
  path: '/applications/:applicationId/production/keys/:version/retire',
  needs: 'production.configure',
  asksProof: () => true,
  params: KeyVersion,
  returns: ProductionView,
  refusals: ['key.retired', 'key.last_active'],
})

export const setProductionUrl = endpoint({
  summary: 'Sets or clears the production URL of one notification: https, a public address, no name of examples.',
  method: 'PUT',
  path: '/applications/:applicationId/production/notification-urls/:api',
  needs: 'production.configure',
  asksProof: () => true,
  params: z.strictObject({ applicationId: Id('app'), api: z.enum(partnerApis) }),
  body: z.strictObject({ url: z.string().trim().min(1).max(URL_MAX).nullable() }),
  returns: ProductionView,
  refusals: [...URL_REFUSALS, 'url.example_name', 'url.launched'],
})

export const lookAtProductionUrls = endpoint({
  summary: 'Asks every production URL with HEAD whether it answers. Any answer will do.',
  method: 'POST',
  path: '/applications/:applicationId/production/looks',
  needs: 'production.configure',
  params: ApplicationId,
  returns: ProductionView,
  unrecorded: 'It looks, and keeps what it saw.',
})

// ── UAT checklist ────────────────────────────────────────────────────────────────────────────────────────────────────────

const UatView = z.object({
  items: z.array(
    z.object({
      item: z.enum(uatItems),
      phase: z.enum(uatPhases),
      ticked: z.object({ at: Instant, by: z.string() }).nullable(),
    }),
  ),
})

export const getUat = endpoint({
  summary: 'The UAT checklist of an application: what is ticked, when and by whom.',
  method: 'GET',
  path: '/applications/:applicationId/uat',
  needs: 'production.configure',
  params: ApplicationId,
  returns: UatView,
})

export const tickUat = endpoint({
  summary: 'Ticks or unticks an item of the UAT checklist. Ticked already, it stays as it is.',
  method: 'PUT',
  path: '/applications/:applicationId/uat/:item',
  needs: 'production.configure',
  params: z.strictObject({ applicationId: Id('app'), item: z.enum(uatItems) }),
  body: z.strictObject({ isTicked: z.boolean() }),
  returns: UatView,
  unrecorded: 'Ticked already, or not ticked, it changes nothing; otherwise it leaves an entry.',
})
