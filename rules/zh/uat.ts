/** The UAT checklist in Simplified Chinese. */
import type { UatItem, UatPhase } from '../uat.ts'

export const UAT_PHASES: Record<UatPhase, string> = { before: '之前', during: '期间', after: '之后' }

export const UAT_ITEMS: Record<UatItem, string> = {
  sandbox_cases: '沙箱中所有必需的验收用例都已通过。',
  contacts: '双方都已指定测试期间的联系人和电话。',
  schedule: '测试的日期、时间和时区已商定。',
  merchant_live: '已选定真实商户，已在网络注册，并知晓测试。',
  wallet_ready: '测试人员在每个测试国家都有余额充足的真实钱包。',
  limits_set: '金额较小，费用由谁承担已商定。',
  production_key: '生产公钥已证明，其私钥只存在于生产环境。',
  addresses_open: '防火墙允许您的调用到达生产网关，也允许通知进入。',
  report_access: '您获取清算和结算文件所用的地址已列入网络的名单。',
  authorized: '技术服务商已获得所代表收单机构的授权。',
  monitoring: '生产系统的日志和告警有人值守。',
  roll_back: '已明确如何下线该支付方式，以及由谁决定。',
  brand: '支付方式的名称和标志按网络要求展示。',
  pay_success: '一笔支付成功，付款人、商户和后台看到的金额一致。',
  pay_terminals: '将提供的每种支付方式都已试过：网页、应用、门店。',
  pay_decline: '付款人中止的支付在商户处显示为失败。',
  notified: '通知能够到达，并以正确的签名确认。',
  inquired: '结果未知的支付已通过查询得到最终结果。',
  cancelled: '一笔支付被取消，款项已退回付款人。',
  refunded: '一笔支付部分退款和全额退款，付款人都能看到。',
  receipts: '小票和账单显示付款人预期的名称。',
  currencies: '币种不同时，展示的汇率与实际扣款的汇率一致。',
  clearing: '当天的清算文件包含测试的每笔支付和退款，且没有其他内容。',
  settlement: '结算金额等于清算金额减去合同约定的费用。',
  books: '您自己的账目与文件一致。',
  test_data: '测试商户和测试订单已从生产环境移除。',
  findings: '发现的问题已解决，或已有负责人和日期。',
  support: '双方的客服了解该支付方式，并知道如何联系对方。',
  sign_off: '双方已书面同意测试通过。',
}
