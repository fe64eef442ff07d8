import * as contract from '../../contract/reports.ts'
import { bind } from '../http/bind.ts'
import * as reports from './reports.ts'

export const bindings = [
  bind(contract.listReports, (ctx, { params, query }) => reports.list(ctx, params.applicationId, query)),
  bind(contract.makeTodaysReport, async (ctx, { params }) => {
    await reports.makeToday(ctx, params.applicationId)
    return {}
  }),
  bind(contract.listFees, (ctx, { params }) => reports.listFees(ctx, params.applicationId)),
  bind(contract.downloadReport, (ctx, { params }) => reports.download(ctx, params.applicationId, params.fileId)),
]
