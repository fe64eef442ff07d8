import * as contract from '../../contract/launch.ts'
import { bind } from '../http/bind.ts'
import type { Outgoing } from '../outgoing/client.ts'
import * as launch from './launch.ts'
import { takeOffLine } from './off-line.ts'
import * as review from './review.ts'

/** `outgoing` looks at production URLs. */
export const bindings = (outgoing: Outgoing) => [
  bind(contract.getLaunch, (ctx, { params }) => launch.get(ctx, params.applicationId)),
  bind(contract.launchApplication, (ctx, { params }) => launch.launchApplication(ctx, outgoing, params.applicationId)),
  bind(contract.launchProducts, (ctx, { params, body }) =>
    launch.launchProducts(ctx, outgoing, params.applicationId, body.products),
  ),
  bind(contract.handBackLaunch, (ctx, { params }) => launch.handBack(ctx, outgoing, params.applicationId)),
  bind(contract.withdrawLaunch, (ctx, { params }) => launch.withdraw(ctx, params.applicationId)),
  bind(contract.listLaunchRequests, (ctx, { query }) => review.list(ctx, query)),
  bind(contract.getLaunchRequest, (ctx, { params }) => review.get(ctx, params.requestId)),
  bind(contract.returnLaunchRequest, (ctx, { params, body }) =>
    review.returnToPartner(ctx, params.requestId, body.remarks),
  ),
  bind(contract.confirmLaunchRequest, (ctx, { params, body }) =>
    review.confirm(ctx, outgoing, params.requestId, body.seen),
  ),
  bind(contract.takeOffLine, async (ctx, { params, body }) => {
    await takeOffLine(ctx, params.applicationId, body.reason)
    return {}
  }),
]
