/** What a production gateway has to know of launched clients. Read only; the console is where it is changed. */
import { partnerApisOf } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Ctx } from '../context.ts'
import * as store from './store.ts'

/** What is not launched is not found, whether it exists or not. */
export async function get(ctx: Ctx, clientId: string) {
  const [found] = await store.findClients(ctx, { clientId })
  if (!found) throw new Refusal('thing.not_found')
  return viewOf(found)
}

export async function list(ctx: Ctx, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const found = await store.findClients(ctx, { after: cursor, limit: limit + 1 })
  const page = found.slice(0, limit)
  return { items: page.map(viewOf), nextCursor: found.length > limit ? (page.at(-1)?.client_id ?? null) : null }
}

function viewOf(row: store.Found) {
  const launchedAt = row.launched_at ?? 0 // a launched one has it
  const apis = partnerApisOf(row.partner_type, row.products)
  return {
    clientId: row.client_id,
    status: 'launched' as const,
    applicationId: row.application_id,
    applicationName: row.name,
    partnerId: row.partner_id,
    partnerName: row.partner_name,
    partnerType: row.partner_type,
    keys: row.keys.map(({ version, public_key, fingerprint, set_at, proved_at }) => ({
      version,
      publicKey: public_key,
      fingerprint,
      activeSince: new Date(proved_at ?? set_at).toISOString(),
    })),
    notificationUrls: row.urls.filter(({ api }) => apis.includes(api)),
    products: row.products,
    launchedAt: new Date(launchedAt).toISOString(),
    updatedAt: new Date(row.changed_at ?? launchedAt).toISOString(),
  }
}
