/** What the audit log calls each change, in the language of the page. */
import { AUDIT_ACTIONS, type AuditAction } from '../../../rules/audit.ts'
import * as zh from '../../../rules/zh/audit.ts'
import { language } from '../../language.ts'

const isChinese = language === 'zh'

export const actionTitle = (action: AuditAction): string => (isChinese ? zh.AUDIT_ACTIONS : AUDIT_ACTIONS)[action]
