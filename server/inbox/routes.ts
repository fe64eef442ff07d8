import * as contract from '../../contract/inbox.ts'
import { bind } from '../http/bind.ts'
import type { Wall } from '../outgoing/wall.ts'
import * as inbox from './inbox.ts'

export const bindings = (wall: Wall) => [
  bind(contract.listInbox, (ctx, { params, query }) => inbox.list(ctx, params.applicationId, query)),
  bind(contract.getInboxCall, (ctx, { params }) => inbox.get(ctx, params.applicationId, params.callId)),
  bind(contract.sendInboxCall, (ctx, { params, body }) => inbox.send(ctx, wall, params, body.url)),
]
