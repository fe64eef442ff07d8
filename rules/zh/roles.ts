/** Roles and permissions in Simplified Chinese; the grids themselves are in rules/roles.ts. */
import type { PartnerPermission, PartnerRole, StaffPermission, StaffRole } from '../roles.ts'

export const ROLES: Record<PartnerRole | StaffRole, { title: string; purpose: string }> = {
  developer_admin: { title: '开发管理员', purpose: '开发、测试并上线应用；邀请和管理商户。' },
  developer: { title: '开发者', purpose: '开发和测试应用。' },
  merchant_onboarding: { title: '商户入驻专员', purpose: '邀请和管理商户；跟进商户的验收测试进度。' },
  developer_on_trial: { title: '开发者（试用）', purpose: '在正式合作之前试用各项功能。' },
  operator_admin: { title: '运营管理员', purpose: '管理开发者中心：员工账户以及以下所有事项。' },
  solution_architect: { title: '解决方案架构师', purpose: '开通合作伙伴账户，跟进进度，确认上线。' },
  support: { title: '技术支持', purpose: '只能查看，不能更改。' },
}

export const PERMISSIONS: Record<PartnerPermission | StaffPermission, string> = {
  'application.create': '创建应用',
  'application.modify': '修改应用',
  'application.launch': '上线应用',
  'application.delete': '删除应用',
  'application.view': '查看应用信息',
  'product.add': '添加产品',
  'product.remove': '移除产品',
  'product.launch': '上线产品',
  'sandbox.develop': '在沙箱中开发',
  'sandbox.test': '进行沙箱验收测试',
  'production.configure': '配置生产环境',
  'merchant.invite': '邀请商户',
  'member.manage': '管理成员',
  'audit.view': '查看审计日志',
  'staff.partner.view': '查看合作伙伴和账户',
  'staff.partner.open': '开通合作伙伴',
  'staff.account.open': '为合作伙伴开通账户',
  'staff.account.disable': '停用和重新启用账户',
  'staff.launch.view': '查看上线申请',
  'staff.launch.decide': '审核上线申请',
  'staff.partner.change': '更改合作伙伴及其试用',
  'staff.audit.view': '查看所有审计日志',
  'staff.mail.view': '查看邮件的结果',
  'staff.mail.send': '发送测试邮件和重新发送邮件',
  'staff.people.view': '查看员工账户',
  'staff.people.manage': '管理员工账户',
}
