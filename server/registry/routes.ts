import * as contract from '../../contract/registry.ts'
import { bind } from '../http/bind.ts'
import { eventKey } from '../launch/deliver.ts'
import * as registry from './registry.ts'

export const bindings = [
  bind(contract.getRegistryClient, (ctx, { params }) => registry.get(ctx, params.clientId)),
  bind(contract.listRegistryClients, (ctx, { query }) => registry.list(ctx, query)),
  bind(contract.getRegistryEventKey, (ctx) => eventKey(ctx)),
]
