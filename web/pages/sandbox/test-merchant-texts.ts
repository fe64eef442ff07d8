import { inLanguage } from '../../language.ts'

export const testMerchantTexts = inLanguage({
  en: {
    title: 'Test Merchant',
    lead: 'Plays the merchant of this application: makes orders for each product, and looks after their payments. Scan it with a phone, or open it here.',
    open: 'Open the Test Merchant',
    logIn: 'You log in there.',
    link: 'the link of the Test Merchant',
    qr: 'QR code of the Test Merchant',
  },
  zh: {
    title: '测试商户',
    lead: '扮演此应用的商户：为每个产品下单，并处理其支付。请用手机扫描，或在此打开。',
    open: '打开测试商户',
    logIn: '请在那里登录。',
    link: '测试商户的链接',
    qr: '测试商户的二维码',
  },
})
