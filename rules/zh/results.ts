/** Result codes of the gateway in Simplified Chinese, for the console: code → message, cause, remedy. Answers on the wire are English. */
import type { ResultCode } from '../results.ts'

export const RESULTS: Record<ResultCode, readonly [message: string, cause: string, remedy: string]> = {
  SUCCESS: ['成功。', '调用已处理。', '无需操作。'],
  PAYMENT_IN_PROCESS: [
    '支付正在处理；请查询，或等待通知。',
    '付款人或钱包尚未决定。',
    '请查询直到有最终结果，或等待通知。若要放弃，请取消。',
  ],
  PARAM_ILLEGAL: [
    '必填的值缺失或格式错误。',
    '某个请求头或字段缺失、过长或格式不符；消息中会指出。',
    '请更正所指出的值，然后重新调用。',
  ],
  INVALID_SIGNATURE: [
    '签名验证未通过。',
    '签名的字节与发送的不同，或使用了与登记公钥不匹配的密钥。',
    '请与请求日志中的待签名文本比较；检查路径、查询、时间、原始正文和密钥。',
  ],
  KEY_NOT_FOUND: [
    '此客户端和密钥版本没有登记密钥。',
    '尚未设置公钥，或密钥版本不存在。',
    '请在沙箱设置中设置公钥；检查 keyVersion。',
  ],
  INVALID_CLIENT: [
    '客户端不存在或已停用。',
    'Client-Id 有误、属于另一环境、其应用已删除，或其组织的试用已结束。',
    '请从此环境的设置中复制 Client ID；试用结束后请联系您的解决方案架构师。',
  ],
  UNKNOWN_CLIENT: [
    '客户端不存在。',
    '与 AMS 中的 INVALID_CLIENT 相同：Client-Id 有误、属于另一环境，或其应用已删除。',
    '请从此环境的设置中复制 Client ID。',
  ],
  INVALID_CLIENT_STATUS: [
    '客户端已停用。',
    '与 AMS 中的 INVALID_CLIENT 相同：其组织的试用已结束。',
    '请联系您的解决方案架构师。',
  ],
  ACCESS_DENIED: ['该应用没有此调用所需的产品。', '尚未为应用添加该支付的产品，或已移除。', '请在应用页面添加该产品。'],
  NO_INTERFACE_DEF: ['没有此接口。', '路径有误，或未提供该接口。', '请对照网关 API 检查路径。'],
  METHOD_NOT_SUPPORTED: ['方法必须是 POST。', '使用了其他 HTTP 方法。', '请使用 POST。'],
  MEDIA_TYPE_NOT_ACCEPTABLE: [
    'Content-Type 必须是 application/json。',
    '请求头 Content-Type 是其他值，或格式错误。',
    '请发送 Content-Type: application/json; charset=UTF-8。',
  ],
  OAUTH_FAILED: [
    'Agent-Token 无效。',
    '请求头 Agent-Token 中的令牌从未签发或已失效。',
    '除非代他人操作，否则请去掉该请求头。',
  ],
  REQUEST_TRAFFIC_EXCEED_LIMIT: [
    '请求过多；请稍后重复。',
    '每秒调用次数已用完。',
    '请等一秒，然后以相同编号重复同一调用。',
  ],
  SYSTEM_ERROR: ['我方出错，什么都没有开始。', 'AMS 的 authorizations/consult 内部出错。', '请再次调用。'],
  UNKNOWN_EXCEPTION: [
    '我们这边出错；请重新发送相同的请求。',
    '在得知结果之前发生了故障。',
    '请以相同编号重复同一调用，或查询；若要放弃，请取消。',
  ],
  BUSINESS_NOT_SUPPORT: [
    '此处不提供这种支付。',
    '此版本不提供 paymentFactor 所指的产品。',
    '请使用产品指南中列为已提供的产品。',
  ],
  REPEAT_REQ_INCONSISTENT: [
    '此编号曾与其他值一起使用。',
    'paymentRequestId 或 refundRequestId 被再次使用，但关键字段不同。',
    '新的支付或退款请使用新编号；重复旧请求时不要改动。',
  ],
  ORDER_IS_CLOSED: ['订单已关闭。', '订单已过期，或已取消。', '请使用新的 paymentRequestId 发起新的支付。'],
  INVALID_CODE: [
    '付款码无效。',
    '付款码读取有误、已被使用，或属于另一应用。',
    '请付款人显示新的付款码，并使用新的 paymentRequestId 支付。',
  ],
  EXPIRED_CODE: [
    '付款码已过期。',
    '付款码的有效期为一分钟。',
    '请付款人显示新的付款码，并使用新的 paymentRequestId 支付。',
  ],
  INVALID_TOKEN: [
    '访问令牌无效。',
    '令牌从未发放、已过期、已取消，或属于另一个 authClientId。',
    '请刷新令牌，或让付款人重新授权。',
  ],
  MERCHANT_NOT_REGISTERED: ['商户未登记。', '网络不认识订单中的商户。', '请先登记商户。'],
  CURRENCY_NOT_SUPPORT: ['不支持该币种。', '支付币种不在您的合同中，或钱包不接受。', '请使用合同中的币种支付。'],
  INVALID_CONTRACT: [
    '合同不允许此支付。',
    '合作伙伴或商户的合同不包含此支付，或已到期。',
    '请联系您的解决方案架构师。',
  ],
  PAYMENT_AMOUNT_EXCEED_LIMIT: [
    '金额超过单笔限额。',
    '支付金额超过钱包或合同允许的上限。',
    '请减少金额，或让付款人使用其他方式。',
  ],
  PAYMENT_COUNT_EXCEED_LIMIT: [
    '支付次数超过上限。',
    '在钱包或合同统计的时间内支付次数过多。',
    '请让付款人稍后再试，或使用其他方式。',
  ],
  REGULATION_RESTRICTION: ['法规禁止此支付。', '付款人或商户所在国家的规定禁止此支付。', '请让付款人使用其他方式。'],
  UNAVAILABLE_PAYMENT_METHOD: ['不能使用此支付方式。', '钱包暂停服务，或未对该商户开放。', '请提供其他方式。'],
  USER_PAYMENT_VERIFICATION_FAILED: [
    '付款人没有确认支付。',
    '付款人拒绝了支付，或未能证明身份。',
    '请让付款人以新的支付再试，或使用其他方式。',
  ],
  USER_BALANCE_NOT_ENOUGH: ['付款人余额不足。', '钱包中的金额少于支付金额。', '请让付款人充值，或使用其他方式。'],
  USER_AMOUNT_EXCEED_LIMIT: [
    '金额超过付款人的限额。',
    '钱包限制了该付款人的支出。',
    '请减少金额，或让付款人使用其他方式。',
  ],
  USER_STATUS_ABNORMAL: ['付款人的账户不能付款。', '该账户已被冻结或关闭。', '请让付款人联系钱包，或使用其他方式。'],
  USER_NOT_EXIST: ['没有此付款人。', '钱包不认识该账户。', '请让付款人使用其他方式。'],
  USER_KYC_NOT_QUALIFIED: [
    '付款人的身份认证不足。',
    '对此支付，钱包需要更多付款人信息。',
    '请让付款人在钱包中完成身份认证，或使用其他方式。',
  ],
  RISK_REJECT: ['支付因风险被拒绝。', '钱包或网络认为该支付风险过高。', '请不要重复；让付款人使用其他方式。'],
  PROCESS_FAIL: ['支付失败。', '钱包失败但未给出原因。', '请发起新的支付，或让付款人使用其他方式。'],
  ORDER_NOT_EXIST: [
    '没有此支付。',
    '该应用没有此编号的支付。',
    '请检查编号。若 pay 没有收到应答：请再次查询，然后取消。',
  ],
  RECORD_NOT_FOUND: ['没有此登记。', '该应用没有用此编号登记过商户。', '请检查编号；先登记该商户。'],
  CANCEL_WINDOW_EXCEED: ['该支付不能再取消。', '取消期限为支付次日 00:15（UTC+8）。', '请退款。'],
  REFUND_WINDOW_EXCEED: ['该支付不能再退款。', '退款期限为一年。', '请用其他方式退回款项。'],
  REFUND_AMOUNT_EXCEED: [
    '退款金额超过该支付的剩余金额。',
    '加上之前的退款会超过已付金额；未付款的支付没有可退的金额。',
    '请查询，退款不要超过剩余金额。',
  ],
}
