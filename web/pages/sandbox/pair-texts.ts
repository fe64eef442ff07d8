import { inLanguage } from '../../language.ts'

const en = {
  title: { acquirer: 'Wallets that you are joined with', wallet: 'Acquirers that you are joined with' },
  lead: {
    acquirer: 'The Test Wallet pays in every sandbox. Joined with a mobile payment partner, its wallet pays here too.',
    wallet: 'An acquiring partner who enters a code of yours is paid by your wallet in the sandbox.',
  },
  guide: 'How wallets and acquirers pay each other',
  partner: 'Partner',
  participantId: 'Participant ID',
  joined: 'Joined',
  actions: 'Actions',
  end: 'End',
  endOf: (name: string) => `End the pair with ${name}`,
  endTitle: (name: string) => `End the pair with ${name}?`,
  endText: 'What is being paid is still paid. To join again, a new code is needed.',
  ended: 'The pair is ended.',
  newCode: 'New code for an acquirer',
  codeIs: 'Give this code to the acquiring partner. It is shown only now.',
  codeUntil: 'Good once, until',
  code: 'Code',
  codeFrom: 'From the mobile payment partner, who makes it in the settings of the wallet.',
  codeNeeded: 'Enter the code of the wallet.',
  join: 'Join the wallet',
  done: 'You are joined.',
}

const zh: typeof en = {
  title: { acquirer: '已联接的钱包', wallet: '已联接的收单方' },
  lead: {
    acquirer: '测试钱包可在每个沙箱中付款。与移动支付合作伙伴联接后，其钱包也可在此付款。',
    wallet: '输入了您的联接码的收单合作伙伴，可在沙箱中由您的钱包付款。',
  },
  guide: '钱包与收单方如何互相支付',
  partner: '合作伙伴',
  participantId: 'Participant ID',
  joined: '联接时间',
  actions: '操作',
  end: '结束',
  endOf: (name) => `结束与 ${name} 的联接`,
  endTitle: (name) => `结束与 ${name} 的联接？`,
  endText: '正在进行的支付会继续完成。再次联接需要新的联接码。',
  ended: '联接已结束。',
  newCode: '为收单方生成联接码',
  codeIs: '请把此联接码交给收单合作伙伴。它只显示这一次。',
  codeUntil: '可用一次，有效期至',
  code: '联接码',
  codeFrom: '来自移动支付合作伙伴，在其钱包的设置中生成。',
  codeNeeded: '请输入钱包的联接码。',
  join: '联接钱包',
  done: '联接成功。',
}

export const pairTexts = inLanguage({ en, zh })
