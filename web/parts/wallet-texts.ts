import { inLanguage } from '../language.ts'

export const walletTexts = inLanguage({
  en: {
    title: 'Test Wallet',
    lead: (application: string) => `Plays the payer of ${application}. Scan it with a phone, or open it here.`,
    open: 'Open the Test Wallet',
    secret: 'Whoever has this link can pay in this sandbox. It is test data only.',
    link: 'the link of the Test Wallet',
    qr: 'QR code of the Test Wallet',
  },
  zh: {
    title: '测试钱包',
    lead: (application: string) => `扮演应用“${application}”的付款人。请用手机扫描，或在此打开。`,
    open: '打开测试钱包',
    secret: '任何拥有此链接的人都可以在此沙箱中付款。仅为测试数据。',
    link: '测试钱包的链接',
    qr: '测试钱包的二维码',
  },
})
