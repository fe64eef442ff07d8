/** The way of an application in Simplified Chinese. */
import type { ApplicationStatus, TaskId } from '../application.ts'

export const APPLICATION_STATUSES: Record<ApplicationStatus, string> = { in_progress: '进行中', launched: '已上线' }

export const TASKS: Record<TaskId, string> = {
  create_application: '创建应用',
  set_sandbox_key: '设置沙箱密钥',
  first_signed_call: '完成第一次签名调用',
  acceptance_tests: '通过验收测试',
  invite_merchants: '邀请商户',
  configure_production: '配置生产环境',
  launch: '上线',
}
