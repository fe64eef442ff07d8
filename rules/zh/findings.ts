import type { FindingCode } from '../findings.ts'

export const FINDINGS: Record<FindingCode, readonly [wrong: string, right: string]> = {
  refused: ['调用被拒绝。', '请更正原因所指出的问题后重新调用。'],
  failed: ['调用以失败应答。', '请按结果码的说明处理。'],
  mocked: ['由 iMock 应答：没有执行任何操作。', '请关闭 iMock，或不要发送其请求头。'],
  answer_refused: ['您对网络的应答无效。', '请以 HTTP 200、result 以及对所发送字节的签名应答。'],
  merchant_answer: ['测试商户无法使用您商户接口的应答。', '调用记录说明了问题；请按测试商户指南应答。'],
  other_key_version: ['请求头中的密钥版本与验签通过的版本不同。', '请在 keyVersion 中填写签名所用密钥的版本。'],
  clock_off: [
    'Request-Time 与调用时间相差很大。',
    '请用 NTP 校准服务器时钟，并在时间中写明时区：2026-11-25T08:51:49Z。',
  ],
  agreed_input: ['金额是约定输入：沙箱有意表现异常。', '如非所需，请使用其他金额；文档列出了全部约定输入。'],
  left_unknown: ['结果未知，且此后无人查询。', '请查询直到有最终结果，或等待通知；放弃时请撤销。'],
  asked_too_often: ['对该支付的查询过于频繁。', '请在 2、3、3 秒后查询，之后每 5 秒一次；通知会自动到达。'],
  closed_unpaid: ['付款人未按时付款：订单已关闭。', '请立即向付款人展示地址，并用 paymentExpiryTime 给订单更多时间。'],
  nobody_told: [
    '结果无法通知任何人：没有设置地址。',
    '请在设置中配置 notifyPayment 的地址，或在调用中发送 paymentNotifyUrl。',
  ],
  not_acknowledged: ['结果通知没有被确认。', '请以 HTTP 200、状态 S 以及对应答的签名回复。'],
}
