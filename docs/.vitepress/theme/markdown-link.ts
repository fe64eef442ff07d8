import { useData } from 'vitepress'
import { defineComponent, h } from 'vue'

/** Below each page: the way to its Markdown. */
export const MarkdownLink = defineComponent(() => {
  const { page } = useData()
  const link = () => h('a', { href: `/docs/${page.value.relativePath}`, target: '_self' }, 'This page as Markdown')
  return () => h('p', { class: 'as-markdown' }, [link()])
})
