/** The few words that pieces say themselves, in the language that the page declares. */
export const pageLanguage = globalThis.document?.documentElement.lang || 'en'

const en = {
  copy: (what: string) => `Copy ${what}`,
  copied: (what: string) => `${what} copied`,
  empty: '(empty)',
  utc: 'UTC',
}

const zh: typeof en = {
  copy: (what) => `复制${what}`,
  copied: (what) => `已复制${what}`,
  empty: '（空）',
  utc: 'UTC',
}

export const words = pageLanguage.startsWith('zh') ? zh : en
