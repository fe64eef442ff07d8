/** The words of rules/ in the language of the page: roles, permissions, products, tasks. */
import { APPLICATION_STATUSES, type ApplicationStatus, TASKS, type TaskId } from '../rules/application.ts'
import {
  PARTNER_APIS,
  type PartnerApi,
  PARTNER_TYPES,
  type PartnerType,
  PRODUCTS,
  type ProductId,
} from '../rules/products.ts'
import {
  PARTNER_ROLES,
  type PartnerPermission,
  type PartnerRole,
  permissionTitle as englishPermission,
  STAFF_ROLES,
  type StaffPermission,
  type StaffRole,
} from '../rules/roles.ts'
import * as zhApplication from '../rules/zh/application.ts'
import * as zhProducts from '../rules/zh/products.ts'
import * as zhRoles from '../rules/zh/roles.ts'
import { language, listed } from './language.ts'

const isChinese = language === 'zh'
const ROLES: Record<PartnerRole | StaffRole, { title: string; purpose: string }> = isChinese
  ? zhRoles.ROLES
  : { ...PARTNER_ROLES, ...STAFF_ROLES }

export const roleWords = (role: PartnerRole | StaffRole) => ROLES[role]

/** Roles by the words people know them under: "Developer Admin, Developer". */
export const roleTitles = (roles: readonly (PartnerRole | StaffRole)[]) =>
  listed(roles.map((role) => ROLES[role].title))

export const permissionTitle = (permission: PartnerPermission | StaffPermission): string =>
  isChinese ? zhRoles.PERMISSIONS[permission] : englishPermission(permission)

export const productWords = (id: ProductId): { title: string; where: string; essence: string } =>
  isChinese ? zhProducts.PRODUCTS[id] : PRODUCTS[id]

export const productTitles = (ids: readonly ProductId[]) => listed(ids.map((id) => productWords(id).title))

export const partnerTypeTitle = (type: PartnerType): string =>
  (isChinese ? zhProducts.PARTNER_TYPES : PARTNER_TYPES)[type].title

export const callEssence = (api: PartnerApi): string => (isChinese ? zhProducts.CALLS[api] : PARTNER_APIS[api].essence)

export const statusTitle = (status: ApplicationStatus): string =>
  (isChinese ? zhApplication.APPLICATION_STATUSES : APPLICATION_STATUSES)[status]

export const taskTitle = (id: TaskId): string => (isChinese ? zhApplication.TASKS[id] : TASKS[id].title)
