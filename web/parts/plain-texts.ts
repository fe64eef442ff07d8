import { inLanguage } from '../language.ts'

/** What is said before anybody has logged in, and when things fail: it comes with the entry, so it is kept apart from the rest. */
export const plainTexts = inLanguage({
  en: {
    requestId: 'Request id',
    rolesThatDo: (roles: string) => `Roles that do: ${roles}.`,
    failed: 'Something went wrong',
    failedHere: 'This page stopped because of a mistake of ours. Nothing that you saved is lost.',
    tryAgain: 'Try again',
    toHome: 'Go to Home',
    noPermission: 'Your roles do not open this page',
    language: 'Language',
    unreachable: 'The server cannot be reached.',
    unreachableRemedy: 'Check the connection and try again.',
    unreadable: 'The answer could not be read.',
    unreadableRemedy: 'Try again; if it stays, tell support what you see here.',
  },
  zh: {
    requestId: '请求编号',
    rolesThatDo: (roles: string) => `可以打开的角色：${roles}。`,
    failed: '出了问题',
    failedHere: '由于我们的错误，此页面已停止。您保存的内容没有丢失。',
    tryAgain: '重试',
    toHome: '返回首页',
    noPermission: '您的角色不能打开此页面',
    language: '语言',
    unreachable: '无法连接到服务器。',
    unreachableRemedy: '请检查网络连接后重试。',
    unreadable: '无法读取应答。',
    unreadableRemedy: '请重试；如果问题仍在，请把此处显示的内容告诉技术支持。',
  },
})
