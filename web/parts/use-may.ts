import {
  type PartnerPermission,
  partnerPermissions,
  rolesThatMay,
  type StaffPermission,
  staffPermissions,
  staffRolesThatMay,
} from '../../rules/roles.ts'
import { useMe } from '../api.ts'
import { permissionTitle, roleTitles } from '../words.ts'
import { texts } from './texts.ts'

export type AnyPermission = PartnerPermission | StaffPermission

export const isPartners = (permission: AnyPermission): permission is PartnerPermission =>
  !permission.startsWith('staff.')

/** The permission among what a call can need. */
export const asPermission = (name: string | undefined): AnyPermission | undefined =>
  [...partnerPermissions, ...staffPermissions].find((permission) => permission === name)

/** What is missing, and the roles that carry it. */
export function reasonFor(permission: AnyPermission): string {
  const roles = isPartners(permission) ? rolesThatMay(permission) : staffRolesThatMay(permission)
  return texts.missing(permissionTitle(permission), roleTitles(roles))
}

/** After the end of a trial its members look, and change nothing. The server decides again. */
export function useTrialOver(): boolean {
  const { partner } = useMe()
  return partner?.trialEndsAt ? Date.parse(partner.trialEndsAt) <= Date.now() : false
}

/** May the reader do this? The server decides again. */
export function useMay(permission: AnyPermission): boolean {
  const me = useMe()
  const held: readonly string[] = [...me.permissions, ...me.organisationPermissions, ...me.staffPermissions]
  return held.includes(permission)
}
