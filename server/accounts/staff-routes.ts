import * as contract from '../../contract/staff.ts'
import { bind } from '../http/bind.ts'
import * as staff from './staff-accounts.ts'

export const bindings = [
  bind(contract.listStaff, (ctx) => staff.list(ctx)),
  bind(contract.openStaff, (ctx, { body }) => staff.open(ctx, body)),
  bind(contract.resendStaffActivation, async (ctx, { params }) => {
    await staff.resendActivation(ctx, params.personId)
    return {}
  }),
  bind(contract.setStaffRole, (ctx, { params, body }) => staff.setRole(ctx, params.personId, body.role)),
  bind(contract.disableStaff, (ctx, { params }) => staff.disable(ctx, params.personId)),
  bind(contract.enableStaff, (ctx, { params }) => staff.enable(ctx, params.personId)),
]
