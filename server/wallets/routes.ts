import * as contract from '../../contract/pairs.ts'
import { bind } from '../http/bind.ts'
import * as pairs from './pairs.ts'

export const bindings = [
  bind(contract.listPairs, (ctx, { params }) => pairs.list(ctx, params.applicationId)),
  bind(contract.newPairingCode, (ctx, { params }) => pairs.newCode(ctx, params.applicationId)),
  bind(contract.joinWallet, (ctx, { params, body }) => pairs.join(ctx, params.applicationId, body.code)),
  bind(contract.endPair, (ctx, { params }) => pairs.end(ctx, params.applicationId, params.pairId)),
]
