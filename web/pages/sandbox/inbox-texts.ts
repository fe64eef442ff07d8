import { inLanguage } from '../../language.ts'

const en = {
  lead: (count: string) =>
    count === '1'
      ? 'No server yet? One notification has no URL: the inbox can keep it, to be read here.'
      : `No server yet? ${count} notifications have no URL: the inbox can keep them, to be read here.`,
  keep: 'Keep them in the inbox',
  done: 'The inbox keeps them from now on.',
  toInbox: 'Open the inbox',
  inUse: 'The inbox keeps what is told to an inbox: URL.',
}
const zh: typeof en = {
  lead: (count) => `还没有服务器？有 ${count} 种通知没有 URL：收件箱可以保存它们，在这里查看。`,
  keep: '保存到收件箱',
  done: '从现在起收件箱会保存它们。',
  toInbox: '打开收件箱',
  inUse: '发往 inbox: URL 的内容由收件箱保存。',
}

export const inboxTexts = inLanguage({ en, zh })
