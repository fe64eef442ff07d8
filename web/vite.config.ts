import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type IndexHtmlTransformContext, type Plugin } from 'vite'
import * as acceptance from '../contract/acceptance.ts'
import * as accounts from '../contract/accounts.ts'
import * as applications from '../contract/applications.ts'
import * as audit from '../contract/audit.ts'
import * as delivery from '../contract/delivery.ts'
import * as diagnosis from '../contract/diagnosis.ts'
import * as endpoint from '../contract/endpoint.ts'
import * as findings from '../contract/findings.ts'
import * as inbox from '../contract/inbox.ts'
import * as inotify from '../contract/inotify.ts'
import * as keys from '../contract/keys.ts'
import * as launch from '../contract/launch.ts'
import * as log from '../contract/log.ts'
import * as mail from '../contract/mail.ts'
import * as members from '../contract/members.ts'
import * as merchants from '../contract/merchants.ts'
import * as mocks from '../contract/mocks.ts'
import * as pairs from '../contract/pairs.ts'
import * as partners from '../contract/partners.ts'
import * as production from '../contract/production.ts'
import * as relays from '../contract/relays.ts'
import * as reports from '../contract/reports.ts'
import * as staff from '../contract/staff.ts'
import * as testMerchant from '../contract/test-merchant.ts'
import * as wallet from '../contract/wallet.ts'

const here = dirname(fileURLToPath(import.meta.url))
const contractFolder = join(here, '..', 'contract') + sep
const areas: Record<string, object> = {
  acceptance,
  accounts,
  applications,
  audit,
  delivery,
  diagnosis,
  endpoint,
  findings,
  inbox,
  inotify,
  keys,
  launch,
  log,
  mail,
  members,
  merchants,
  mocks,
  pairs,
  partners,
  production,
  relays,
  reports,
  staff,
  'test-merchant': testMerchant,
  wallet,
}

/**
 * The browser needs the address of an endpoint and its permission; the types do the rest. Its schemas would bring the whole
 * validator along (a third of the log-in page), so the bundle gets each contract module as plain data.
 */
function contractAsData(): Plugin {
  return {
    name: 'contract-as-data',
    enforce: 'pre',
    load(id) {
      if (!id.startsWith(contractFolder)) return undefined
      const area = areas[id.slice(contractFolder.length).replace(/\.ts$/, '')]
      if (area === undefined) throw new Error(`web may not load ${id}: name it in web/vite.config.ts`)
      return Object.entries(area)
        .map(([name, value]) => [name, forBrowser(value)] as const)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
        .join('\n')
    },
  }
}

function forBrowser(value: unknown): unknown {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || !('needs' in value && 'path' in value && 'method' in value)) return
  return { method: value.method, path: value.path, needs: value.needs }
}

const EARLY = { __FRAME_FILES__: '/parts/frame/Frame.tsx', __HOME_FILES__: '/pages/home/HomePage.tsx' }

/** Tells the script in index.html the names of the files that a page behind the log-in begins with. */
function earlyFiles(): Plugin {
  return {
    name: 'early-files',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (!bundle) return html
        let page = html
        for (const [mark, module] of Object.entries(EARLY)) page = page.replaceAll(mark, filesOf(bundle, module))
        return withoutRemarks(page)
      },
    },
  }
}

/** What is written for who reads the source, every reader of the console would fetch with every page. */
const withoutRemarks = (html: string) =>
  html
    .replace(/<!--.*?-->/gs, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n')

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>

/** The chunk of a module with everything that it imports, but for what index.html names itself. */
function filesOf(bundle: Bundle, module: string): string {
  const files = new Set<string>()
  const add = (name: string) => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || chunk.isEntry || files.has(name)) return
    files.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
    for (const imported of chunk.imports) add(imported)
  }
  const owner = Object.values(bundle).find(
    (one) => one.type === 'chunk' && one.moduleIds.some((id) => id.endsWith(module)),
  )
  if (owner === undefined) throw new Error(`no chunk holds ${module}`)
  add(owner.fileName)
  return [...files].map((file) => `/${file}`).join(' ')
}

/**
 * A few chunks by who needs them, instead of forty by who shares what: the entry holds the log-in page; the console brings `console`
 * and one chunk per page. What only one or two pages use stays where the bundler puts it.
 */
const chunks = [
  { name: 'entry', tags: ['$initial' as const], priority: 3 },
  { name: 'account', test: /web\/pages\/account\//, priority: 2 },
  {
    name: 'console',
    test: /web\/parts\/(?!palette|launch|environment|doctor|calls|fees|live|case-words|RoleChoice|frame\/(?:Attendants\.|ProofDialog|SessionWatch))|web\/ui\/(Panel|DataTable|StateWord|use-reveal)|components\/NativeSelect\//,
    priority: 1,
  },
]

export default defineConfig({
  root: here,
  base: '/',
  plugins: [contractAsData(), react(), earlyFiles()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Data URLs would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4800', '/docs': 'http://127.0.0.1:4800' } },
})
