/** What the kernel says to people, in the language that they asked for. */
import type { Language } from '../../rules/languages.ts'
import { REFUSALS, type RefusalCode } from '../../rules/refusals.ts'
import {
  PARTNER_ROLES,
  type PartnerPermission,
  type PartnerRole,
  permissionTitle,
  STAFF_ROLES,
  type StaffPermission,
  type StaffRole,
} from '../../rules/roles.ts'
import { fieldMessage } from '../../rules/zh/fields.ts'
import { REFUSALS as ZH_REFUSALS } from '../../rules/zh/refusals.ts'
import * as zh from '../../rules/zh/roles.ts'

export function refusalWords(code: RefusalCode, language: Language): readonly [title: string, remedy: string] {
  const [, title, remedy] = REFUSALS[code]
  return language === 'zh' ? ZH_REFUSALS[code] : [title, remedy]
}

export const permissionWords = (permission: PartnerPermission | StaffPermission, language: Language): string =>
  language === 'zh' ? zh.PERMISSIONS[permission] : permissionTitle(permission)

export const roleWords = (role: PartnerRole | StaffRole, language: Language): string =>
  (language === 'zh' ? zh.ROLES : { ...PARTNER_ROLES, ...STAFF_ROLES })[role].title

export const fieldWords = (message: string, language: Language): string =>
  language === 'zh' ? fieldMessage(message) : message
