import * as contract from '../../contract/acceptance.ts'
import { getOwn } from '../applications/applications.ts'
import { bind } from '../http/bind.ts'
import type { Outgoing } from '../outgoing/client.ts'
import * as acceptance from './acceptance.ts'
import { publicEvidenceKey } from './evidence-key.ts'
import { evidencePackage } from './evidence-package.ts'
import { reportOf } from './report.ts'
import { reportFile } from './report-file.ts'
import { checkNow } from './set-up.ts'

/** `changed` tells the gateway of this process that a client is to be treated in another way. */
export const bindings = (outgoing: Outgoing, changed: () => void) => [
  bind(contract.getAcceptance, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return acceptance.get(ctx, params.applicationId)
  }),
  bind(contract.startCase, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    await acceptance.start(ctx, params.applicationId, params.caseId).finally(changed)
    return acceptance.get(ctx, params.applicationId)
  }),
  bind(contract.cancelCase, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    await acceptance.cancel(ctx, params.applicationId, params.caseId).finally(changed)
    return acceptance.get(ctx, params.applicationId)
  }),
  bind(contract.startAllCases, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    await acceptance.startAll(ctx, params.applicationId, params.product)
    return acceptance.get(ctx, params.applicationId)
  }),
  bind(contract.checkSetUp, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return checkNow(ctx, outgoing, params.applicationId)
  }),
  bind(contract.getAcceptanceReport, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return reportOf(ctx, params.applicationId)
  }),
  bind(contract.saveAcceptanceReport, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return reportFile(ctx, params.applicationId, params.format)
  }),
  bind(contract.saveEvidence, async (ctx, { params }) => {
    await getOwn(ctx, params.applicationId)
    return evidencePackage(ctx, params.applicationId)
  }),
  bind(contract.getEvidenceKey, (ctx) => publicEvidenceKey(ctx)),
]
