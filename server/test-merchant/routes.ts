import * as contract from '../../contract/test-merchant.ts'
import type { Partners } from '../gateway/partner-calls.ts'
import { bind } from '../http/bind.ts'
import type { Outgoing } from '../outgoing/client.ts'
import type { Wall } from '../outgoing/wall.ts'
import { callMerchant } from './calls.ts'
import * as merchant from './test-merchant.ts'

type Tools = { wall: Wall; outgoing: Outgoing; partners: Partners; clientsChanged: () => void }

export const bindings = ({ wall, outgoing, partners, clientsChanged }: Tools) => [
  bind(contract.getTestMerchant, (ctx, { params }) => merchant.view(ctx, params.applicationId)),
  bind(contract.setMerchantUrl, (ctx, { params, body }) => merchant.setUrl(ctx, wall, params.applicationId, body.url)),
  bind(contract.addThrowAwayKey, (ctx, { params, body }) =>
    merchant.addKey(ctx, params.applicationId, body.publicKey).finally(clientsChanged),
  ),
  bind(contract.callMerchant, (ctx, { params, body }) =>
    callMerchant(ctx, { outgoing, partners }, params.applicationId, body),
  ),
  bind(contract.listTransactions, (ctx, { params, query }) =>
    merchant.listTransactions(ctx, params.applicationId, query.word),
  ),
]
