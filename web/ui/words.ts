/** The few words that pieces say themselves, in the language that the page declares. */
export const pageLanguage = globalThis.document?.documentElement.lang || 'en'

const en = {
  copy: (what: string) => `Copy ${what}`,
  copied: (what: string) => `${what} copied`,
  empty: '(empty)',
  asSent: 'As sent',
  formatted: 'Formatted',
  utc: 'UTC',
  onThisPage: 'On this page',
}

const zh: typeof en = {
  copy: (what) => `复制${what}`,
  copied: (what) => `已复制${what}`,
  empty: '（空）',
  asSent: '原始内容',
  formatted: '格式化',
  utc: 'UTC',
  onThisPage: '本页内容',
}

export const words = pageLanguage.startsWith('zh') ? zh : en
