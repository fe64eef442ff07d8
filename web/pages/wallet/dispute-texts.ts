import { inLanguage } from '../../language.ts'

const en = {
  title: 'What you have asked',
  wrong: 'Something is wrong with this payment',
  reason: 'What is wrong',
  kinds: {
    retrieval: { title: 'What was this payment for?', action: 'Ask what it was for' },
    escalation: { title: 'Money back', action: 'Ask for the money back' },
  },
  open: 'The acquirer has not answered yet.',
  answered: 'Answered.',
  refunds: {
    FULL_REFUND: (amount: string) => `${amount} will be given back.`,
    PARTIAL_REFUND: (amount: string) => `${amount} of it will be given back.`,
    NO_REFUND: (_amount: string) => 'Nothing will be given back.',
  },
}

const zh: typeof en = {
  title: '您的询问',
  wrong: '这笔支付有问题',
  reason: '问题是什么',
  kinds: {
    retrieval: { title: '这笔支付是什么？', action: '询问支付内容' },
    escalation: { title: '要求退款', action: '要求退款' },
  },
  open: '收单方尚未答复。',
  answered: '已答复。',
  refunds: {
    FULL_REFUND: (amount) => `将退回 ${amount}。`,
    PARTIAL_REFUND: (amount) => `将退回其中 ${amount}。`,
    NO_REFUND: () => '不退款。',
  },
}

export const disputeTexts = inLanguage({ en, zh })
