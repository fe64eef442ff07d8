import * as delivery from '../../contract/delivery.ts'
import * as contract from '../../contract/log.ts'
import { getOwn } from '../applications/applications.ts'
import { bind } from '../http/bind.ts'
import * as endpoints from './endpoints.ts'
import * as notifications from './notifications.ts'
import * as resends from './resends.ts'

export const bindings = [
  bind(contract.listNotifications, async (ctx, { params, query }) => {
    await getOwn(ctx, params.applicationId)
    return notifications.list(ctx, params.applicationId, query)
  }),
  bind(contract.resendNotification, async (ctx, { params }) => {
    await resends.resend(ctx, await getOwn(ctx, params.applicationId), params.notificationId)
    return notifications.get(ctx, params.notificationId)
  }),
  bind(delivery.listFailingEndpoints, async (ctx, { params }) => {
    const { id } = await getOwn(ctx, params.applicationId)
    return endpoints.list(ctx, id)
  }),
  bind(delivery.resumeEndpoint, async (ctx, { params, body }) =>
    endpoints.resume(ctx, await getOwn(ctx, params.applicationId), body.origin),
  ),
  bind(delivery.countResend, async (ctx, { params, query }) => {
    const { id } = await getOwn(ctx, params.applicationId)
    return resends.count(ctx, id, query)
  }),
  bind(delivery.lastResend, async (ctx, { params }) => {
    const { id } = await getOwn(ctx, params.applicationId)
    return resends.last(ctx, id)
  }),
  bind(delivery.resendMatching, async (ctx, { params, body }) => {
    const { key, ...filter } = body
    return resends.resendMatching(ctx, await getOwn(ctx, params.applicationId), key, filter)
  }),
]
