/** SQL of the registry: launched applications only, whoever's they are. It is read by systems of the network. */
import type { PartnerApi, PartnerType, ProductId } from '../../rules/products.ts'
import type { Ctx } from '../context.ts'

function selectLaunched(ctx: Ctx) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .select(['c.client_id', 'c.changed_at', 'a.id as application_id', 'a.name', 'a.partner_type', 'a.launched_at'])
    .select(['p.id as partner_id', 'p.name as partner_name'])
    .where('c.environment', '=', 'production')
    .where('a.status', '=', 'launched')
    .where('a.deleted_at', 'is', null)
}

export async function findClients(ctx: Ctx, by: { clientId: string } | { after: string | undefined; limit: number }) {
  let query = selectLaunched(ctx)
  if ('clientId' in by) query = query.where('c.client_id', '=', by.clientId)
  else {
    if (by.after !== undefined) query = query.where('c.client_id', '>', by.after)
    query = query.orderBy('c.client_id').limit(by.limit)
  }
  const rows = await query.execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ client_id }) => client_id)
  const keys = await ctx.db
    .selectFrom('client_keys')
    .select(['client_id', 'version', 'public_key', 'fingerprint', 'set_at', 'proved_at'])
    .where('client_id', 'in', ids)
    .where('state', '=', 'active')
    .orderBy('version', 'desc')
    .execute()
  const urls = await ctx.db
    .selectFrom('notification_urls')
    .selectAll()
    .where('client_id', 'in', ids)
    .orderBy('api')
    .execute()
  const products = await ctx.db
    .selectFrom('application_products')
    .select(['application_id', 'product'])
    .where(
      'application_id',
      'in',
      rows.map(({ application_id }) => application_id),
    )
    .where('status', '=', 'launched')
    .orderBy('product')
    .execute()
  return rows.map((row) => ({
    ...row,
    partner_type: row.partner_type as PartnerType, // written by us, like the casts below
    keys: keys.filter(({ client_id }) => client_id === row.client_id),
    urls: urls
      .filter(({ client_id }) => client_id === row.client_id)
      .map(({ api, url }) => ({ api: api as PartnerApi, url })),
    products: products
      .filter(({ application_id }) => application_id === row.application_id)
      .map(({ product }) => product as ProductId),
  }))
}
export type Found = Awaited<ReturnType<typeof findClients>>[number]
