import { expect, test } from 'vitest'
import { pagesIn } from './docs-pages.ts'

test('the pages are read with title, address and sentence; other lines and other hosts are not', () => {
  const list = [
    '# Slipway',
    '## Start',
    '- [Quick start](/docs/guide/quick-start.md): From log-in to a paid payment.',
    '- [Limits](/docs/reference/limits.md)',
    '- [Elsewhere](https://example.com/docs/a.md): no',
  ].join('\n')
  expect(pagesIn(list)).toEqual([
    { title: 'Quick start', href: '/docs/guide/quick-start', about: 'From log-in to a paid payment.' },
    { title: 'Limits', href: '/docs/reference/limits', about: '' },
  ])
})
