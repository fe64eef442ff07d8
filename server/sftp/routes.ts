import * as contract from '../../contract/reports.ts'
import { bind } from '../http/bind.ts'
import * as accounts from './accounts.ts'

export const bindings = [
  bind(contract.getSftp, (ctx, { params }) => accounts.view(ctx, params.applicationId)),
  bind(contract.newSftpPassword, (ctx, { params }) => accounts.newPassword(ctx, params.applicationId)),
  bind(contract.setSftpKey, (ctx, { params, body }) => accounts.setKey(ctx, params.applicationId, body.publicKey)),
]
