/** The stages of a partner in Simplified Chinese. */
import type { Stage } from '../stage.ts'

export const STAGES: Record<Stage, { title: string; blocks: string }> = {
  no_account: { title: '无账户', blocks: '由架构师开通第一个账户。' },
  no_log_in: { title: '未登录', blocks: '还没有人打开激活链接。' },
  no_application: { title: '无应用', blocks: '合作伙伴需要创建应用。' },
  no_key: { title: '无密钥', blocks: '合作伙伴需要设置沙箱公钥。' },
  no_call: { title: '无已验证的调用', blocks: '合作伙伴需要完成一次签名通过验证的调用。' },
  testing: { title: '验收测试', blocks: '合作伙伴需要通过必需的用例。' },
  production: { title: '生产环境', blocks: '合作伙伴需要配置生产环境并申请上线。' },
  launch_returned: { title: '上线申请被退回', blocks: '合作伙伴需要改正审核所指出的问题。' },
  launch_requested: { title: '已申请上线', blocks: '由架构师审核申请。' },
  launched: { title: '已上线', blocks: '无。' },
}
