import * as contract from '../../contract/log.ts'
import { getOwn } from '../applications/applications.ts'
import { bind } from '../http/bind.ts'
import * as notifications from './notifications.ts'

export const bindings = [
  bind(contract.listNotifications, async (ctx, { params, query }) => {
    await getOwn(ctx, params.applicationId)
    return notifications.list(ctx, params.applicationId, query)
  }),
  bind(contract.resendNotification, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return notifications.resend(ctx, params.applicationId, params.notificationId)
  }),
]
