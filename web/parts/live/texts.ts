import { inLanguage } from '../../language.ts'

export const texts = inLanguage({
  en: {
    live: 'Live',
    pause: 'Pause',
    resume: 'Resume',
    paused: 'Paused',
    lost: 'No answer from the server; trying again.',
    held: 'Held',
    fresh: (count: number) => `Show ${count} new`,
  },
  zh: {
    live: '实时',
    pause: '暂停',
    resume: '继续',
    paused: '已暂停',
    lost: '服务器没有应答；正在重试。',
    held: '暂不移动',
    fresh: (count: number) => `显示 ${count} 条新记录`,
  },
})
