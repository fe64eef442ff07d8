/** Why an answer did not acknowledge a notification, in Simplified Chinese. */
import type { AcknowledgementFault } from '../notification.ts'

export const ACKNOWLEDGEMENT_FAULTS: Record<AcknowledgementFault, string> = {
  no_answer: '没有收到应答。',
  wrong_status: 'HTTP 状态码不是 200。',
  not_json: '应答正文不是带有 result 的 JSON 对象。',
  not_success: 'result 的状态不是 S。',
  no_signature: '应答没有签名。',
  wrong_signature: '应答的签名验证未通过。',
}
