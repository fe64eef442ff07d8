/**
 * The permission table as it was promised to partners, written down a second time on purpose: the tests compare what the server does
 * with this, so that a slip in rules/roles.ts turns them red.
 */
import type { OrganisationPermission, PartnerRole, Permission, StaffPermission, StaffRole } from '../rules/roles.ts'

const ADMIN = 'developer_admin'
const DEVELOPER = 'developer'
const ONBOARDING = 'merchant_onboarding'
const TRIAL = 'developer_on_trial'

export const PROMISED: Record<Permission, PartnerRole[]> = {
  'application.create': [ADMIN, TRIAL],
  'application.modify': [ADMIN, TRIAL],
  'application.launch': [ADMIN],
  'application.delete': [ADMIN, TRIAL],
  'application.view': [ADMIN, DEVELOPER, TRIAL],
  'product.add': [ADMIN, TRIAL],
  'product.remove': [ADMIN, TRIAL],
  'product.launch': [ADMIN],
  'sandbox.develop': [ADMIN, DEVELOPER, TRIAL],
  'sandbox.test': [ADMIN, DEVELOPER, TRIAL],
  'production.configure': [ADMIN, TRIAL],
  'merchant.invite': [ADMIN, ONBOARDING],
}

/** Beside the twelve rows. */
const PROMISED_ORGANISATION: Record<OrganisationPermission, PartnerRole[]> = {
  'member.manage': [ADMIN],
  'audit.view': [ADMIN],
}

const PROMISED_STAFF: Record<StaffPermission, StaffRole[]> = {
  'staff.partner.view': ['operator_admin', 'solution_architect', 'support'],
  'staff.partner.open': ['operator_admin', 'solution_architect'],
  'staff.account.open': ['operator_admin', 'solution_architect'],
  'staff.account.disable': ['operator_admin', 'solution_architect'],
  'staff.launch.view': ['operator_admin', 'solution_architect', 'support'],
  'staff.launch.decide': ['operator_admin', 'solution_architect'],
  'staff.partner.change': ['operator_admin', 'solution_architect'],
  'staff.audit.view': ['operator_admin', 'solution_architect', 'support'],
  'staff.mail.view': ['operator_admin', 'solution_architect', 'support'],
  'staff.mail.send': ['operator_admin', 'solution_architect'],
  'staff.people.view': ['operator_admin', 'solution_architect', 'support'],
  'staff.people.manage': ['operator_admin'],
}

/** What somebody with these roles may call: permissions, and what everybody may who is logged in. */
export function promisedTo(roles: readonly (PartnerRole | StaffRole)[]): string[] {
  const granted = Object.entries({ ...PROMISED, ...PROMISED_ORGANISATION, ...PROMISED_STAFF })
  const names = granted.filter(([, carriers]) => carriers.some((role) => roles.includes(role))).map(([name]) => name)
  return ['session', 'nobody', ...names]
}
