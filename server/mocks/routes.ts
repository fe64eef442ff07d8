import * as contract from '../../contract/mocks.ts'
import { bind } from '../http/bind.ts'
import * as mocks from './mocks.ts'

export const bindings = [
  bind(contract.getMock, (ctx, { params }) => mocks.view(ctx, params.applicationId)),
  bind(contract.startMock, (ctx, { params, body }) => mocks.start(ctx, params.applicationId, body)),
  bind(contract.stopMock, (ctx, { params }) => mocks.stop(ctx, params.applicationId)),
]
