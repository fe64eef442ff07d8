import { type PartnerPermission, rolesThatMay, type StaffPermission, staffRolesThatMay } from '../../rules/roles.ts'
import { useMe } from '../api.ts'
import { permissionTitle, roleTitles } from '../words.ts'
import { texts } from './texts.ts'

const isStaffs = (permission: PartnerPermission | StaffPermission): permission is StaffPermission =>
  permission.startsWith('staff.')

/** May the reader do this, and if not, why. The server decides again. */
export function useMay(permission: PartnerPermission | StaffPermission): { may: boolean; reason: string } {
  const me = useMe()
  const held: readonly string[] = [...me.permissions, ...me.organisationPermissions, ...me.staffPermissions]
  const roles = isStaffs(permission) ? staffRolesThatMay(permission) : rolesThatMay(permission)
  return { may: held.includes(permission), reason: texts.missing(permissionTitle(permission), roleTitles(roles)) }
}
