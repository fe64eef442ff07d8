import * as contract from '../../contract/inotify.ts'
import { bind } from '../http/bind.ts'
import type { Wall } from '../outgoing/wall.ts'
import * as inotify from './inotify.ts'

export const bindings = (wall: Wall) => [
  bind(contract.sendTestNotification, (ctx, { params, body }) => inotify.send(ctx, wall, params.applicationId, body)),
]
