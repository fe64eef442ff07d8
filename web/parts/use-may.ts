import {
  type Permission,
  permissionTitle,
  rolesThatMay,
  type StaffPermission,
  staffRolesThatMay,
} from '../../rules/roles.ts'
import { useMe } from '../api.ts'
import { roleTitles } from './role-titles.ts'
import { texts } from './texts.ts'

const isStaffs = (permission: Permission | StaffPermission): permission is StaffPermission =>
  permission.startsWith('staff.')

/** May the reader do this, and if not, why. The server decides again. */
export function useMay(permission: Permission | StaffPermission): { may: boolean; reason: string } {
  const me = useMe()
  const held: readonly string[] = [...me.permissions, ...me.staffPermissions]
  const roles = isStaffs(permission) ? staffRolesThatMay(permission) : rolesThatMay(permission)
  return { may: held.includes(permission), reason: texts.missing(permissionTitle(permission), roleTitles(roles)) }
}
