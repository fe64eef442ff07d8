import * as contract from '../../contract/partners.ts'
import { bind } from '../http/bind.ts'
import * as partners from './partners.ts'

export const bindings = [
  bind(contract.listPartners, (ctx, { query }) => partners.list(ctx, query)),
  bind(contract.getPartner, (ctx, { params }) => partners.get(ctx, params.partnerId)),
  bind(contract.openPartner, (ctx, { body }) => partners.open(ctx, body)),
  bind(contract.openAccount, (ctx, { params, body }) => partners.openAccount(ctx, params.partnerId, body)),
  bind(contract.resendActivation, async (ctx, { params }) => {
    await partners.resendActivation(ctx, params.partnerId, params.personId)
    return {}
  }),
]
