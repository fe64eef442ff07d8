/** Staff accounts: who works for the network, and with which role. */
import * as z from 'zod'
import { staffRoles } from '../rules/roles.ts'
import { endpoint } from './endpoint.ts'
import { Done, Email, Id, Instant, PersonName } from './wire.ts'

const PersonId = z.strictObject({ personId: Id('psn') })

const StaffMember = z.object({
  id: Id('psn'),
  name: z.string(),
  email: z.string(),
  role: z.enum(staffRoles),
  /** `invited`: the activation mail is out; `expired`: its 72 hours are over; `active`: a password is set. */
  state: z.enum(['invited', 'expired', 'active', 'disabled']),
  /** The caller's own account. */
  self: z.boolean(),
  createdAt: Instant,
  /** In a session that goes on; null where there is none. */
  lastSeenAt: Instant.nullable(),
  activationExpiresAt: Instant.nullable(),
})
const StaffList = z.object({ items: z.array(StaffMember) })

export const listStaff = endpoint({
  summary: 'Staff accounts, in the order of their opening.',
  method: 'GET',
  path: '/staff/people',
  needs: 'staff.people.view',
  returns: StaffList,
})

export const openStaff = endpoint({
  summary: 'Opens a staff account and mails its activation link (single use, 72 hours).',
  method: 'POST',
  path: '/staff/people',
  needs: 'staff.people.manage',
  asksProof: () => true,
  body: z.strictObject({ name: PersonName, email: Email, role: z.enum(staffRoles) }),
  returns: StaffList,
  refusals: ['staff.account_exists', 'staff.address_of_partner'],
})

export const resendStaffActivation = endpoint({
  summary: 'Mails a new activation link; the one before is void.',
  method: 'POST',
  path: '/staff/people/:personId/activation',
  needs: 'staff.people.manage',
  params: PersonId,
  returns: Done,
  refusals: ['staff.account_active', 'account.already_disabled'],
})

export const setStaffRole = endpoint({
  summary: 'Changes the role of a member of staff, at once. The last active Operator admin keeps his.',
  method: 'PUT',
  path: '/staff/people/:personId/role',
  needs: 'staff.people.manage',
  asksProof: () => true,
  params: PersonId,
  body: z.strictObject({ role: z.enum(staffRoles) }),
  returns: StaffList,
  refusals: ['staff.last_admin'],
})

export const disableStaff = endpoint({
  summary: 'Shuts a member of staff out at once and ends every session; not the last active Operator admin.',
  method: 'POST',
  path: '/staff/people/:personId/disable',
  needs: 'staff.people.manage',
  params: PersonId,
  returns: StaffList,
  refusals: ['staff.last_admin', 'account.already_disabled'],
})

export const enableStaff = endpoint({
  summary: 'Lets a disabled member of staff in again, who is told by mail.',
  method: 'POST',
  path: '/staff/people/:personId/enable',
  needs: 'staff.people.manage',
  asksProof: () => true,
  params: PersonId,
  returns: StaffList,
  refusals: ['account.not_disabled'],
})
