/** The words of rules/ in the language of the page: roles, permissions, products, tasks. */
import { APPLICATION_STATUSES, type ApplicationStatus, TASKS, type TaskId } from '../rules/application.ts'
import { GATE, type GateItem, LAUNCH_STATES, type LaunchState, TEST_VALUES, type TestValue } from '../rules/launch.ts'
import {
  NOTIFICATION_APIS,
  type NotificationApi,
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
import { AUDIT_ACTIONS, type AuditAction } from '../rules/audit.ts'
import { STAGES, type Stage } from '../rules/stage.ts'
import * as zhAudit from '../rules/zh/audit.ts'
import * as zhStage from '../rules/zh/stage.ts'
import * as zhApplication from '../rules/zh/application.ts'
import { UAT_ITEMS, UAT_PHASES, type UatItem, type UatPhase } from '../rules/uat.ts'
import * as zhLaunch from '../rules/zh/launch.ts'
import * as zhProducts from '../rules/zh/products.ts'
import * as zhRoles from '../rules/zh/roles.ts'
import * as zhUat from '../rules/zh/uat.ts'
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

export const notificationEssence = (api: NotificationApi): string =>
  isChinese ? zhProducts.NOTIFICATIONS[api] : NOTIFICATION_APIS[api].essence

export const statusTitle = (status: ApplicationStatus): string =>
  (isChinese ? zhApplication.APPLICATION_STATUSES : APPLICATION_STATUSES)[status]

export const taskTitle = (id: TaskId): string => (isChinese ? zhApplication.TASKS[id] : TASKS[id].title)

export const gateWords = (item: GateItem): { title: string; open: string; fix: string } =>
  isChinese ? zhLaunch.GATE[item] : GATE[item]

export const testValueTitle = (value: TestValue): string => (isChinese ? zhLaunch.TEST_VALUES : TEST_VALUES)[value]

export const launchStateTitle = (state: LaunchState): string =>
  (isChinese ? zhLaunch.LAUNCH_STATES : LAUNCH_STATES)[state]

export const uatPhaseTitle = (phase: UatPhase): string => (isChinese ? zhUat.UAT_PHASES : UAT_PHASES)[phase]

export const uatText = (item: UatItem): string => (isChinese ? zhUat.UAT_ITEMS[item] : UAT_ITEMS[item][1])
export const actionTitle = (action: AuditAction): string => (isChinese ? zhAudit.AUDIT_ACTIONS : AUDIT_ACTIONS)[action]

export const stageWords = (stage: Stage): { title: string; blocks: string } =>
  (isChinese ? zhStage.STAGES : STAGES)[stage]
