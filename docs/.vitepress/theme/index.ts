import DefaultTheme from 'vitepress/theme-without-fonts'
import ConsoleLink from './ConsoleLink.vue'
import './theme.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }: { app: { component: (name: string, component: unknown) => unknown } }) {
    app.component('ConsoleLink', ConsoleLink)
  },
}
