/** Acceptance tests in Simplified Chinese: cases by their name, whatever the product. */
import type { CaseState, SetUpCheck } from '../acceptance.ts'
import type { Step } from '../acceptance/case.ts'
import type { Demand } from '../acceptance/demands.ts'

export const CASES: Record<string, { title: string; purpose: string; steps: readonly Step[] }> = {
  success_web: {
    title: '电脑上的付款成功',
    purpose: '在电脑上购物的付款人可以付款，且您得知结果。',
    steps: [
      ['调用 `pay`，`order.env.terminalType` 为 WEB。', '应答为 `PAYMENT_IN_PROCESS`，并带有 `paymentUrl`。'],
      ['打开 `paymentUrl`，点击付款。', '测试钱包显示订单已付。'],
      ['接收通知，验签，并以签名的应答确认。', '通知日志显示已确认。'],
    ],
  },
  success_app: {
    title: '应用中的付款成功',
    purpose: '在应用中购物的付款人可以付款，且您得知结果。',
    steps: [
      [
        '调用 `pay`，`order.env.terminalType` 为 APP，`osType` 为 IOS 或 ANDROID。',
        '应答为 `PAYMENT_IN_PROCESS`，并带有 `paymentUrl`。',
      ],
      ['打开 `paymentUrl`，点击付款。', '测试钱包显示订单已付。'],
      ['接收通知，验签，并以签名的应答确认。', '通知日志显示已确认。'],
    ],
  },
  success_wap: {
    title: '手机浏览器中的付款成功',
    purpose: '在手机浏览器中购物的付款人可以付款，且您得知结果。',
    steps: [
      [
        '调用 `pay`，`order.env.terminalType` 为 WAP，`osType` 为 IOS 或 ANDROID。',
        '应答为 `PAYMENT_IN_PROCESS`，并带有 `paymentUrl`。',
      ],
      ['打开 `paymentUrl`，点击付款。', '测试钱包显示订单已付。'],
      ['接收通知，验签，并以签名的应答确认。', '通知日志显示已确认。'],
    ],
  },
  success_mini_app: {
    title: '小程序中的付款成功',
    purpose: '在小程序中购物的付款人可以付款，且您得知结果。',
    steps: [
      ['调用 `pay`，`order.env.terminalType` 为 MINI_APP。', '应答为 `PAYMENT_IN_PROCESS`，并带有 `paymentUrl`。'],
      ['打开 `paymentUrl`，点击付款。', '测试钱包显示订单已付。'],
      ['接收通知，验签，并以签名的应答确认。', '通知日志显示已确认。'],
    ],
  },
  success: {
    title: '使用付款码的付款成功',
    purpose: '商店读取付款人的付款码，付款立即成功，且您收到通知。',
    steps: [
      ['在测试钱包中显示付款码。', '付款码一分钟内有效。'],
      ['调用 `pay`，以付款码作为 `paymentMethod.paymentMethodId`。', '应答为 `SUCCESS`。'],
      ['接收通知，验签，并以签名的应答确认。', '通知日志显示已确认。'],
    ],
  },
  success_order_code: {
    title: '以订单码付款成功',
    purpose: '门店显示为该订单生成的码，付款人扫码付款，您收到通知。',
    steps: [
      ['以 `inStorePaymentScenario` `OrderCode` 调用 `pay`。', '应答为 `PAYMENT_IN_PROCESS`，并带有 `orderCodeForm`。'],
      ['把 `codeDetails[].codeValue` 显示为二维码，用测试钱包读取，点击立即支付。', '订单已支付。'],
      ['接收并验证通知，以签名的应答确认。', '通知日志显示为已确认。'],
    ],
  },
  success_entry_code: {
    title: '以门店码付款成功',
    purpose: '付款人扫描柜台上的码，进入您的页面；付款从那里开始。',
    steps: [
      ['用测试钱包读取您的门店码，打开其中的页面。', '您的页面询问金额。'],
      [
        '以 `inStorePaymentScenario` `EntryCode` 和付款人的 `userAgent` 调用 `pay`。',
        '应答为 `PAYMENT_IN_PROCESS`，并带有 `paymentUrl`。',
      ],
      ['把付款人带到 `paymentUrl`，点击立即支付。', '测试钱包显示订单已支付。'],
      ['接收并验证通知，以签名的应答确认。', '通知日志显示为已确认。'],
    ],
  },
  success_agreement: {
    title: '付款人授权，扣款成功',
    purpose: '您请求一次授权，之后扣款无需再次询问。',
    steps: [
      ['调用 `authorizations/prepare`，并把付款人带到应答的 `authUrl`。', '测试钱包询问付款人。'],
      ['在测试钱包中同意。', '付款人带着 `authCode` 和 `authState` 返回您的 `authRedirectUrl`。'],
      ['比对 `authState`，并以该码调用 `authorizations/applyToken`。', '应答包含 `accessToken`。'],
      ['以令牌作为 `paymentMethod.paymentMethodId` 调用 `pay`。', '应答为 `SUCCESS`。'],
      ['接收并验证通知，以签名的应答确认。', '通知日志显示为已确认。'],
    ],
  },
  success_refreshed: {
    title: '刷新令牌，扣款成功',
    purpose: '访问令牌会到期；授权无需付款人参与即可延续。',
    steps: [
      [
        '以 `grantType` `REFRESH_TOKEN` 和刷新令牌调用 `authorizations/applyToken`。',
        '应答包含新的令牌；旧的访问令牌不再有效。',
      ],
      ['以新的访问令牌调用 `pay`。', '应答为 `SUCCESS`，您确认通知。'],
    ],
  },
  token_over: {
    title: '失效的令牌不再使用',
    purpose: '付款人已在钱包中解除授权；您重新请求，而不是继续扣款。',
    steps: [
      ['在测试钱包中解除授权。', '如已设置地址，您会收到 `authNotify` 通知。'],
      ['仍以该令牌调用 `pay`。', '应答为 `INVALID_TOKEN`。'],
      [
        '调用 `authorizations/prepare` 重新询问付款人，或调用 `applyToken` 刷新。不再以该令牌付款。',
        '新的授权开始，或确认已无授权。',
      ],
    ],
  },
  order_unpaid: {
    title: '无人支付的订单先查询，再撤销',
    purpose: '付款人离开柜台；之后读到订单码的人不得再支付该订单。',
    steps: [
      ['调用 `pay`，不让任何人读取订单码。', '应答为 `PAYMENT_IN_PROCESS`。'],
      ['在门店等待的时间内多次调用 `inquiryPayment`。', '`paymentResult` 仍为 `PAYMENT_IN_PROCESS`（U）。'],
      ['调用 `cancelPayment`。', '应答为 `SUCCESS`：无人再能以该码付款。'],
    ],
  },
  declined: {
    title: '付款人拒绝',
    purpose: '付款人拒绝的订单对您来说也结束了。',
    steps: [
      ['调用 `pay`。', '应答为 `PAYMENT_IN_PROCESS`，并带有 `paymentUrl` 或订单码。'],
      ['打开 `paymentUrl` 或读取订单码，点击拒绝。', '测试钱包显示订单已被拒绝。'],
      [
        '接收并确认通知。把订单显示为失败，对该付款只再调用 `inquiryPayment`。',
        '通知已确认；其 `paymentResult` 为 `USER_PAYMENT_VERIFICATION_FAILED`。',
      ],
    ],
  },
  payer_not_verified: {
    title: '付款人未能证明身份',
    purpose: '钱包在柜台拒绝的付款是失败的，且保持失败。',
    steps: [
      ['以金额 `9906` 发起付款，并让付款人付款。', '钱包拒绝：`USER_PAYMENT_VERIFICATION_FAILED`。'],
      ['确认通知。把订单显示为失败，对该付款只再调用 `inquiryPayment`。', '通知已确认；付款保持失败。'],
    ],
  },
  balance: {
    title: '付款人余额不足',
    purpose: '钱包因余额拒绝的付款是失败的，且保持失败。',
    steps: [
      ['以金额 `9905` 发起付款，并让付款人付款。', '钱包拒绝：`USER_BALANCE_NOT_ENOUGH`。'],
      ['确认通知。把订单显示为失败，对该付款只再调用 `inquiryPayment`。', '通知已确认；付款保持失败。'],
    ],
  },
  code_refused: {
    title: '被拒的付款码换成新的',
    purpose: '在柜台，付款人再次出示付款码，而不是被打发走。',
    steps: [
      ['以过期或用过的付款码调用 `pay`。', '应答为 `EXPIRED_CODE` 或 `INVALID_CODE`。'],
      ['显示新的付款码，并以它为同一 `referenceOrderId` 调用 `pay`。', '付款以新的付款码发起。'],
    ],
  },
  in_process: {
    title: '未知结果一直查询到最终',
    purpose: '缓慢的钱包让结果悬而未决；您既不放弃，也不让订单被付两次。',
    steps: [
      ['以金额 `9913` 发起付款，并让付款人付款。', '结果为 `PAYMENT_IN_PROCESS`；钱包需要五秒。'],
      ['反复调用 `inquiryPayment`，直到结果为最终，或通知已告知。', '`paymentResult` 先为 `U`，然后为 `S`。'],
    ],
  },
  payer_confirms: {
    title: '付款人须确认',
    purpose: '金额较高时，钱包会先询问付款人；柜台等待其回答。',
    steps: [
      ['以金额 `9916` 调用 `pay`。', '应答为 `PAYMENT_IN_PROCESS`；订单在测试钱包中等待。'],
      ['在测试钱包中付款或拒绝。', '订单已决定。'],
      ['调用 `inquiryPayment`，直到结果为最终，或通知已告知。', '`paymentResult` 为 `S` 或 `F`。'],
    ],
  },
  no_answer: {
    title: '没有应答的付款先查询，再撤销',
    purpose: '没有应答的调用结果未知；它绝不能变成第二笔付款。',
    steps: [
      ['以金额 `9902` 调用 `pay`。', '在您八秒的超时内没有应答。'],
      ['调用 `inquiryPayment`。', '应答为 `ORDER_NOT_EXIST`。'],
      ['在订单以其他方式支付之前调用 `cancelPayment`。', '应答为 `SUCCESS`：该付款再也不会发起。'],
    ],
  },
  repeated_pay: {
    title: '同样的 pay 两次是一笔付款',
    purpose: '连接中断后，您原样重复调用，得到同样的应答。',
    steps: [
      ['调用 `pay`。', '付款已发起。'],
      ['以同样的 `paymentRequestId` 和同样的内容再次调用 `pay`。', '应答中的 `paymentId` 相同。'],
    ],
  },
  cancelled: {
    title: '在期限内撤销付款',
    purpose: '您可以在当天撤回整笔付款，并知道它已结束。',
    steps: [
      ['发起付款。付款人是否已付没有区别。', '付款未决或已付。'],
      ['在次日 00:15（UTC+8）之前调用 `cancelPayment`。', '应答为 `SUCCESS`。'],
      ['调用 `inquiryPayment`。不要再付这个编号，也不要退款。', '它已关闭，`transactions` 中有撤销。'],
    ],
  },
  cancelled_late: {
    title: '期限之后改为退款',
    purpose: '来得太晚的撤销不是死路。',
    steps: [
      ['发起付款并让其付清。', '付款已成功。'],
      ['把沙箱时钟向前拨一天半。', '撤销期限已过。'],
      ['调用 `cancelPayment`。', '应答为 `CANCEL_WINDOW_EXCEED`。'],
      ['调用 `refund`。', '应答为 `SUCCESS`。'],
    ],
  },
  refund_full: {
    title: '整笔退款',
    purpose: '您可以用付款的币种一次退还全部。',
    steps: [
      ['发起付款并让其付清。', '付款已成功。'],
      ['以付款金额调用 `refund`。', '应答为 `SUCCESS`，并带有 `refundId`。'],
    ],
  },
  refund_parts: {
    title: '分次退款',
    purpose: '每一部分是独立的退款，既不丢失，也不重复支付。',
    steps: [
      ['发起付款并让其付清。', '付款已成功。'],
      ['以部分金额调用 `refund`。', '应答为 `SUCCESS`。'],
      ['以另一部分和新的 `refundRequestId` 调用 `refund`。', '应答为 `SUCCESS`。'],
    ],
  },
  refund_too_large: {
    title: '过大的退款被拒',
    purpose: '您弄清剩余多少，而不是再试一次。',
    steps: [
      ['发起付款并让其付清。', '付款已成功。'],
      ['以大于付款的金额调用 `refund`。', '应答为 `REFUND_AMOUNT_EXCEED`。'],
      ['调用 `inquiryPayment`，或以不超过剩余的金额调用 `refund`。', '调用以 `SUCCESS` 应答。'],
    ],
  },
  notification_repeated: {
    title: '通知迟到且多次到来',
    purpose: '您已知的通知不改变任何事，但仍要确认。',
    steps: [
      ['点击启动：下一个通知晚十秒到达，并到达三次。', '用例等待您。'],
      ['发起付款并让其付清。其间您可以查询它。', '付款已成功。'],
      ['每次都确认通知。', '通知日志显示三次已确认的尝试。'],
    ],
  },
  notification_forged: {
    title: '签名错误的通知被拒绝',
    purpose: '除了网络，没有人能告诉您付款成功。',
    steps: [
      ['点击启动：下一个通知的第一次尝试签名错误。', '用例等待您。'],
      ['发起付款并让其付清。', '付款已成功。'],
      ['对通知验签，不以 `resultStatus` S 应答。', '通知日志显示该尝试未确认。'],
      ['确认签名正确的下一次尝试。', '通知已确认。'],
    ],
  },
  answer_forged: {
    title: '签名错误的应答不被相信',
    purpose: '介入您与网络之间的人不能让您交出货物。',
    steps: [
      ['点击启动：下一个 `pay` 的应答签名错误。', '用例等待您。'],
      ['调用 `pay`，并对应答验签。', '签名不符：结果对您来说未知。'],
      ['调用 `inquiryPayment`，或再次调用同样的 `pay`。', '应答签名正确，并说明真相。'],
    ],
  },
}

export const DEMANDS: Record<Demand, string> = {
  'pay.start': '付款以签名的 pay 调用发起。',
  'payment.success': '付款成功。',
  'payment.failure': '付款失败，且失败是最终的。',
  'failure.final': '失败的付款已结束：既不以其编号重复，也不退还。',
  'notification.acknowledge': '通知以 HTTP 200、resultStatus S 和有效签名确认。',
  'notification.acknowledge_again': '再次到来的通知再次确认。',
  'notification.refuse': '签名不符的通知不以成功确认。',
  'answer.verify': '签名不符的应答不被相信：重新询问结果。',
  'token.anew': '失效的令牌不再使用：重新询问付款人，或刷新令牌。',
  'unpaid.cancel': '无人支付的订单先查询，门店不再等待时撤销。',
  'unknown.inquire': '结果未知时，一直查询到最终，或到通知已告知。',
  'unknown.cancel': '没有应答的付款先查询、再撤销，然后订单才以其他方式支付。',
  'cancel.inside': '付款在期限内整笔撤销，之后查询。',
  'cancel.final': '已撤销的付款已结束：既不以其编号再付，也不退款。',
  'cancel.then_refund': '期限之后，付款以退款退还。',
  'refund.whole': '全额退款一次退还全部金额。',
  'refund.parts': '退还的每一部分有自己的 refundRequestId。',
  'refund.limit': '因过大被拒的退款不以另一编号再试。',
  'repeat.same': '重复的 pay 编号和内容相同。',
  'code.fresh': '被拒的付款码不再使用：付款人出示新的。',
}

export const CASE_STATES: Record<CaseState, string> = {
  not_started: '未开始',
  waiting: '等待您操作',
  running: '运行中',
  passed: '已通过',
  failed: '未通过',
  cancelled: '已取消',
}

export const SET_UP_CHECKS: Record<SetUpCheck, { title: string; remedy: string }> = {
  key: { title: '已设置公钥', remedy: '请在沙箱设置中设置您的公钥。' },
  key_proved: { title: '密钥已由验签通过的调用证明', remedy: '请进行一次签名调用；它会证明密钥。' },
  notification_url: { title: '已设置通知地址', remedy: '请在沙箱设置中设置 notifyPayment 的地址。' },
  reachable: { title: '通知地址有应答', remedy: '请确认您的服务器在运行，且本中心可以访问它。' },
  product: { title: '已添加带有验收用例的产品', remedy: '请为应用添加收银台支付或付款码支付。' },
}
