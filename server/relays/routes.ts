import * as contract from '../../contract/relays.ts'
import { bind } from '../http/bind.ts'
import type { Line } from './line.ts'
import * as relays from './relays.ts'

export const bindings = (line: Line) => [
  bind(contract.getRelay, (ctx, { params }) => relays.view(ctx, params.applicationId)),
  bind(contract.newRelayToken, (ctx, { params }) => relays.makeToken(ctx, line, params.applicationId)),
  bind(contract.removeRelayToken, (ctx, { params }) => relays.removeToken(ctx, line, params.applicationId)),
  bind(contract.takeRelayCalls, (ctx, { body }, http) => relays.take(ctx, line, body, http.gone())),
  bind(contract.answerRelayCall, (ctx, { body }) => relays.answer(ctx, line, body)),
]
