/** Every page of the documentation, by the list that the site itself keeps for machines. */
import { queryOptions } from '@tanstack/react-query'

export type DocsPage = { title: string; href: string; about: string }

export const docsPages = queryOptions({
  queryKey: ['docs-pages'],
  queryFn: async ({ signal }) => {
    const answer = await fetch('/docs/llms.txt', { signal })
    if (!answer.ok) throw new Error(`llms.txt answered ${answer.status}`)
    return pagesIn(await answer.text())
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** Its lines read `- [Title](/docs/page.md): What it is about.`; people are led to the page, not to its Markdown. */
export function pagesIn(list: string): DocsPage[] {
  return [...list.matchAll(/^- \[(.+?)\]\((\/docs\/\S+?)(?:\.md)?\)(?::\s*(.*))?$/gm)].map(
    ([, title = '', href = '', about = '']) => ({ title, href, about }),
  )
}
