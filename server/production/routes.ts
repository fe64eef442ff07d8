import * as contract from '../../contract/production.ts'
import { bind } from '../http/bind.ts'
import * as production from './production.ts'
import * as proof from './proof.ts'
import * as uat from './uat.ts'

export const bindings = (reach: production.Reach) => [
  bind(contract.getProduction, (ctx, { params }) => production.get(ctx, params.applicationId)),
  bind(contract.setProductionKey, (ctx, { params, body }) =>
    production.setKey(ctx, params.applicationId, body.publicKey),
  ),
  bind(contract.challengeProductionKey, async (ctx, { params }) => {
    await proof.challenge(ctx, params.applicationId, params.version)
    return production.get(ctx, params.applicationId)
  }),
  bind(contract.proveProductionKey, async (ctx, { params, body }) => {
    await proof.prove(ctx, params.applicationId, params.version, body.signature)
    return production.get(ctx, params.applicationId)
  }),
  bind(contract.retireProductionKey, (ctx, { params }) =>
    production.retireKey(ctx, params.applicationId, params.version),
  ),
  bind(contract.setProductionUrl, (ctx, { params, body }) =>
    production.setUrl(ctx, reach, params.applicationId, params.api, body.url),
  ),
  bind(contract.lookAtProductionUrls, (ctx, { params }) => production.look(ctx, reach, params.applicationId)),
  bind(contract.getUat, (ctx, { params }) => uat.get(ctx, params.applicationId)),
  bind(contract.tickUat, (ctx, { params, body }) => uat.tick(ctx, params.applicationId, params.item, body.isTicked)),
]
