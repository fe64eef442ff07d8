import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Search and jump',
  placeholder: 'Page, application, docs, action …',
  results: 'Results',
  close: 'Close',
  found: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  nothing: 'Nothing matches',
  nothingWhy: 'Fewer or shorter words find more. Only what your roles open is searched.',
  docsFailed: 'The list of docs pages could not be loaded.',
  groups: { pages: 'Pages', applications: 'Applications', docs: 'Docs', actions: 'Actions' },
  createApplication: 'Create application',
  openPartner: 'Open partner',
  colourScheme: (scheme: string) => `Colour scheme: ${scheme}`,
  language: (title: string) => `Language: ${title}`,
  logOut: 'Log out',
  leaving: 'Logging out …',
  shortcuts: 'Keyboard shortcuts',
  pages: 'Go to a page',
  everywhere: 'Everywhere',
  openPalette: 'Search and jump',
  searchPage: 'Search on this page',
  showShortcuts: 'Show this list',
  closeDialog: 'Close what is open',
  move: 'to choose',
  open: 'to open',
  escape: 'to close',
}

export const texts = inLanguage({ en, zh })
