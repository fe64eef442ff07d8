import { h } from 'vue'
import DefaultTheme from 'vitepress/theme-without-fonts'
import './theme.css'

/** The console is another site under the same host: a full page load, and no base path in front of it. */
const ConsoleLink = ({ screenMenu }: { screenMenu?: boolean }) =>
  h('a', { class: screenMenu ? 'console-link in-menu' : 'console-link', href: '/', target: '_self' }, 'Console')

export default {
  extends: DefaultTheme,
  enhanceApp({ app }: { app: { component: (name: string, component: unknown) => unknown } }) {
    app.component('ConsoleLink', ConsoleLink)
  },
}
