/** The fees of a contract, product by product. Each payment keeps those that it was made with (server/gateway/settlement.ts). */
import { type ContractFees, contractFeesOf, type Rates, ratesOf, takesTooMuch } from '../../rules/fees.ts'
import type { ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import type { Ctx } from '../context.ts'
import { changePartner, get } from './partners.ts'
import * as store from './store.ts'

export async function findContractFees(ctx: Ctx, partnerId: string): Promise<ContractFees> {
  return contractFeesOf((await store.findPartner(ctx, partnerId))?.fees ?? null)
}

export async function set(ctx: Ctx, partnerId: string, product: ProductId, rates: Rates) {
  if (takesTooMuch(rates)) throw new Refusal('partner.fees_too_high')
  return change(ctx, partnerId, product, (fees) => ({ ...fees, [product]: rates }))
}

/** From now on the default. */
export async function remove(ctx: Ctx, partnerId: string, product: ProductId) {
  return change(ctx, partnerId, product, ({ [product]: agreed, ...others }) => {
    if (agreed === undefined) throw new Refusal('partner.fees_not_agreed')
    return others
  })
}

/** As the audit log names them: `cashier.serviceBasisPoints`. */
function named(product: ProductId, fees: ContractFees): Record<string, number> {
  return Object.fromEntries(
    Object.entries(ratesOf(fees, product)).map(([name, value]) => [`${product}.${name}`, value]),
  )
}

async function change(
  ctx: Ctx,
  partnerId: string,
  product: ProductId,
  changed: (fees: ContractFees) => ContractFees,
): Promise<Awaited<ReturnType<typeof get>>> {
  await changePartner(ctx, partnerId, async (tx, object, partner) => {
    const before = contractFeesOf(partner.fees)
    const after = changed(before)
    await store.changePartner(tx, partnerId, { fees: JSON.stringify(after) })
    await record(tx, {
      action: 'partner.fees',
      object,
      before: named(product, before),
      after: named(product, after),
      partnerId,
    })
  })
  return get(ctx, partnerId)
}
