import DefaultTheme from 'vitepress/theme-without-fonts'
import { h } from 'vue'
import ConsoleLink from './ConsoleLink.vue'
import { MarkdownLink } from './markdown-link.ts'
import './theme.css'

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'doc-footer-before': () => h(MarkdownLink) }),
  enhanceApp({ app }: { app: { component: (name: string, component: unknown) => unknown } }) {
    app.component('ConsoleLink', ConsoleLink)
  },
}
