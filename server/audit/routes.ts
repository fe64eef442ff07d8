import * as contract from '../../contract/audit.ts'
import { memberOf } from '../context.ts'
import { bind } from '../http/bind.ts'
import * as read from './read.ts'

export const bindings = [
  bind(contract.listAudit, (ctx, { query }) => read.list(ctx, { ...query, chain: memberOf(ctx).partnerId })),
  bind(contract.exportAudit, (ctx, { query }) => read.exportFile(ctx, { ...query, chain: memberOf(ctx).partnerId })),
  bind(contract.verifyAudit, (ctx) => read.verify(ctx, memberOf(ctx).partnerId)),
  bind(contract.listEveryAudit, (ctx, { query }) => read.list(ctx, query)),
  bind(contract.exportEveryAudit, (ctx, { query }) => read.exportFile(ctx, query)),
  bind(contract.verifyEveryAudit, (ctx, { query }) => read.verify(ctx, query.chain)),
]
