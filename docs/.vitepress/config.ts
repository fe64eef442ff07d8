import { copyFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformerStyleToClass } from '@shikijs/transformers'
import { defineConfig } from 'vitepress'
import { type Section, writeMarkdown } from './markdown-pages.ts'
import { refuseInline, withoutInline } from './strict-html.ts'

// Code colours become classes; the style sheet with those classes is written when the site is built.
const codeColours = transformerStyleToClass({ classPrefix: 'c-' })

/** The way through the pages; `llms.txt` goes the same way. */
const SIDEBAR: Section[] = [
  {
    text: 'Start',
    items: [
      { text: 'Get started', link: '/guide/get-started' },
      { text: 'Quick start', link: '/guide/quick-start' },
      { text: 'Accounts and passwords', link: '/guide/accounts' },
    ],
  },
  {
    text: 'Integrate',
    items: [
      { text: 'Signing', link: '/guide/signing' },
      { text: 'Why a signature is refused', link: '/guide/refused-signature' },
      { text: 'APS and AMS', link: '/guide/families' },
      { text: 'Cashier Payment', link: '/guide/cashier-payment' },
      { text: 'User-presented Mode Payment', link: '/guide/user-presented-payment' },
      { text: 'Merchant-presented Mode Payment', link: '/guide/merchant-presented-payment' },
      { text: 'Auto Debit', link: '/guide/auto-debit' },
      { text: 'Disputes', link: '/guide/disputes' },
      { text: 'Register merchants', link: '/guide/register-merchants' },
      { text: 'Wallets and acquirers together', link: '/guide/wallets' },
      { text: 'Cancel and refund', link: '/guide/cancel-and-refund' },
      { text: 'Notifications', link: '/guide/notifications' },
      { text: 'Reports', link: '/guide/reports' },
      { text: 'Simulator', link: '/guide/simulator' },
      { text: 'Tools of the sandbox', link: '/guide/tools' },
      { text: 'Test Merchant', link: '/guide/test-merchant' },
      { text: 'Acceptance tests', link: '/guide/acceptance-tests' },
      { text: 'Merchants', link: '/guide/merchants' },
      { text: 'Production and launch', link: '/guide/production-and-launch' },
      { text: 'Products', link: '/guide/products' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Roles and permissions', link: '/reference/roles-and-permissions' },
      { text: 'Gateway API', link: '/reference/gateway-api' },
      { text: 'Conformance', link: '/reference/conformance' },
      { text: 'Result codes', link: '/reference/result-codes' },
      { text: 'Causes of refused calls', link: '/reference/causes' },
      { text: 'What the Signature Doctor knows', link: '/reference/signature-doctor' },
      { text: 'States of a payment', link: '/reference/payment-states' },
      { text: 'Agreed inputs', link: '/reference/agreed-inputs' },
      { text: 'Acceptance cases', link: '/reference/acceptance-cases' },
      { text: 'A signed call in six languages', link: '/reference/signed-calls' },
      { text: 'Signature vectors', link: '/reference/signature-vectors' },
      { text: 'Notification schedule', link: '/reference/notification-schedule' },
      { text: 'Report files', link: '/reference/report-files' },
      { text: 'Exchange and fees', link: '/reference/exchange-and-fees' },
      { text: 'Merchant list template', link: '/reference/merchant-template' },
      { text: 'Limits', link: '/reference/limits' },
      { text: 'Console API', link: '/reference/console-api' },
      { text: 'Refusals', link: '/reference/refusals' },
      { text: 'Glossary', link: '/guide/glossary' },
    ],
  },
  {
    text: 'Operate',
    items: [
      { text: 'Operator guide', link: '/guide/operate' },
      { text: 'Audit log', link: '/guide/audit-log' },
      { text: 'Settings', link: '/reference/settings' },
    ],
  },
]

export default defineConfig({
  title: 'Slipway',
  titleTemplate: ':title · Slipway docs',
  description: 'Build, test and launch an integration with the payment network.',
  lang: 'en',
  base: '/docs/',
  outDir: fileURLToPath(new URL('../../dist/docs', import.meta.url)),
  cleanUrls: true,
  metaChunk: true,
  // The theme's way of hushing transitions is an inline style sheet, which the security policy refuses.
  appearance: { disableTransition: false },
  head: [
    ['link', { rel: 'alternate', type: 'text/plain', title: 'llms.txt', href: '/docs/llms.txt' }],
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/docs/mark.svg' }],
    ['meta', { name: 'color-scheme', content: 'light dark' }],
  ],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    codeTransformers: [codeColours],
  },
  themeConfig: {
    logo: { src: '/mark.svg', alt: '' },
    outline: { level: [2, 3], label: 'On this page' },
    search: {
      provider: 'local',
      options: { detailedView: true, miniSearch: { searchOptions: { combineWith: 'AND', fuzzy: 0.1 } } },
    },
    docFooter: { prev: 'Before', next: 'Next' },
    nav: [
      { text: 'Guide', link: '/guide/quick-start', activeMatch: '^/guide/' },
      { text: 'Reference', link: '/reference/result-codes', activeMatch: '^/reference/' },
      { component: 'ConsoleLink' },
    ],
    sidebar: SIDEBAR,
  },
  async buildEnd({ outDir }) {
    await withoutInline(outDir, codeColours.getCSS())
    await refuseInline(outDir)
    // People without our sources verify evidence too.
    copyFileSync(
      fileURLToPath(new URL('../../examples/verify-evidence/verify.mjs', import.meta.url)),
      `${outDir}/verify.mjs`,
    )
    await writeMarkdown(fileURLToPath(new URL('..', import.meta.url)), outDir, SIDEBAR)
  },
})
