/** The catalogue in Simplified Chinese. Names of interfaces are the same in every language. */
import type { PartnerApi, PartnerType, ProductId } from '../products.ts'

export const PARTNER_TYPES: Record<PartnerType, { title: string }> = {
  acquirer: { title: '收单合作伙伴' },
  wallet: { title: '移动支付合作伙伴' },
  technical_service_provider: { title: '技术服务商' },
}

export const PRODUCTS: Record<ProductId, { title: string; where: string; essence: string }> = {
  cashier: { title: '收银台支付', where: '线上', essence: '商户将付款人带到钱包页面确认付款。' },
  auto_debit: { title: '自动扣款', where: '线上', essence: '付款人授权一次，之后扣款无需再确认。' },
  user_presented: { title: '用户出示码支付', where: '线下', essence: '商户扫描付款人的付款码。' },
  merchant_presented: { title: '商户出示码支付', where: '线下', essence: '付款人扫描商户的码（门店码、订单码）。' },
}

export const CALLS: Record<PartnerApi, string> = {
  notifyPayment: '支付的最终结果。',
  authNotify: '自动扣款授权的变化。',
  notifyRefund: '退款结果（AMS）。',
  initiateRetrieval: '付款人询问某笔支付的内容。',
  initiateEscalation: '付款人要求退款。',
  responseRetrieval: '收单方对您付款人询问的答复。',
  responseEscalation: '收单方向您付款人退回的款项。',
  notifyRegistrationStatus: '各钱包是否接受某商户。',
  consultUnbinding: '询问付款人能否结束自动扣款授权。',
  userInitiatedPay: '询问您的私有码对应的应付内容。',
  pay: '付款人出示了您钱包的付款码：请从该钱包扣款。',
  inquiryPayment: '查询从您钱包发起的支付的结果。',
  cancelPayment: '从您钱包发起的支付作废：款项退回。',
  refund: '向您钱包的付款人退款。',
}
