import type { MerchantFault } from '../test-merchant.ts'

export const MERCHANT_FAULTS: Record<MerchantFault, string> = {
  busy: '已有对此服务器的调用在等待应答，因此没有发送本次调用。请等它们结束后重试。',
  nobody_listens: '中继没有监听者，因此没有发送任何内容。请在您的机器上启动 slipway-listen。',
  no_answer: '5 秒内没有收到完整的应答，或应答超过 64 KB。请在此时间内用一个简短的 JSON 对象应答。',
  wrong_status: 'HTTP 状态不是 200。请对每个操作都以 200 应答，并用 status 和 message 说明结果。',
  not_json: '应答不是 JSON 对象。请以 { "status": …, "paymentRequestId": … } 应答。',
  wrong_field: '应答中有字段缺失或错误，见旁边的说明。',
  wrong_signature: '应答带有签名，但无法用您的有效密钥验签。请正确签名，或不签名。',
}
