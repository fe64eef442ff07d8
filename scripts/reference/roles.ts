import * as roles from '../../rules/roles.ts'
import { page, table } from './text.ts'

export function rolesPage(): string {
  const yesOrNo = (granted: boolean) => (granted ? '**yes**' : 'no')
  return page(
    'Roles and permissions',
    'Who may do what. The server checks every action against this table; the list of permissions on the home page, the reason beside a disabled button and the text of a refusal are made from the same one.',
    '## Roles of a partner',
    table(
      ['Role', 'Purpose'],
      roles.partnerRoles.map((role) => [roles.PARTNER_ROLES[role].title, roles.PARTNER_ROLES[role].purpose]),
    ),
    'One person may hold several roles. Their permissions add up.',
    '## Permissions of a partner',
    table(
      ['Permission', ...roles.partnerRoles.map((role) => roles.PARTNER_ROLES[role].title)],
      roles.permissions.map((permission) => [
        roles.permissionTitle(permission),
        ...roles.partnerRoles.map((role) => yesOrNo(roles.roleMay(role, permission))),
      ]),
    ),
    'What concerns the organisation itself:',
    table(
      ['Permission', ...roles.partnerRoles.map((role) => roles.PARTNER_ROLES[role].title)],
      roles.organisationPermissions.map((permission) => [
        roles.permissionTitle(permission),
        ...roles.partnerRoles.map((role) => yesOrNo(roles.roleMay(role, permission))),
      ]),
    ),
    'A permission that you do not have: the button is shown disabled and says why. The server answers a call without it with `permission.missing`, and names the permission and the roles that carry it.',
    '## Staff of the network',
    table(
      ['Role', 'Purpose'],
      roles.staffRoles.map((role) => [roles.STAFF_ROLES[role].title, roles.STAFF_ROLES[role].purpose]),
    ),
    table(
      ['Permission', ...roles.staffRoles.map((role) => roles.STAFF_ROLES[role].title)],
      roles.staffPermissions.map((permission) => [
        roles.permissionTitle(permission),
        ...roles.staffRoles.map((role) => yesOrNo(roles.staffRoleMay(role, permission))),
      ]),
    ),
    'A member of staff is never a member of a partner, and the reverse.',
  )
}
