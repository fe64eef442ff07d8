import { SETTINGS } from '../../server/settings.ts'
import { page, table } from './text.ts'

export function settingsPage(): string {
  return page(
    'Settings',
    'Environment variables of the server. They are read once, at the start; a wrong value stops the start, and all wrong values are named at once.',
    table(
      ['Variable', 'If not set', 'Meaning'],
      Object.entries(SETTINGS).map(([name, [fallback, meaning]]) => [
        `\`${name}\``,
        fallback === '' ? 'empty' : `\`${fallback}\``,
        meaning,
      ]),
    ),
  )
}
