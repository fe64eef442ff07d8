import * as contract from '../../contract/findings.ts'
import { bind } from '../http/bind.ts'
import * as findings from './findings.ts'

export const bindings = [
  bind(contract.listFindings, (ctx, { params, query }) => findings.list(ctx, params.applicationId, query)),
]
