import { PARTNER_ROLES, STAFF_ROLES } from '../../rules/roles.ts'

const TITLES: Record<string, { title: string }> = { ...PARTNER_ROLES, ...STAFF_ROLES }

/** Roles by the words people know them under: "Developer Admin, Developer". */
export function roleTitles(roles: readonly string[]): string {
  return roles.map((role) => TITLES[role]?.title ?? role).join(', ')
}
