/**
 * The pages are served with `script-src 'self'; style-src 'self'`: nothing inline runs. VitePress writes small inline scripts and a
 * few style attributes; here they become files, and a page that still has something inline fails the build.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const BASE = '/docs/assets/'

/** Moves inline scripts into files, links the style sheet of the code colours, and drops the style attributes that theme.css replaces. */
export async function withoutInline(outDir: string, codeCss: string): Promise<void> {
  const styleSheet = await writeAsset(outDir, 'code', 'css', codeCss)
  for (const path of await pagesIn(outDir)) {
    let html = await readFile(path, 'utf8')
    for (const [whole, attributes = '', script = ''] of html.matchAll(INLINE_SCRIPT)) {
      const src = await writeAsset(outDir, 'page', 'js', script)
      html = html.replace(whole, () => `<script${attributes} src="${src}"></script>`)
    }
    html = html.replace('</head>', `  <link rel="stylesheet" href="${styleSheet}">\n  </head>`)
    // The style attributes of the theme; theme.css says the same.
    html = html.replace(/ style="(?:position:relative;|--vp-vh:0px;)?"/g, '')
    await writeFile(path, html)
  }
}

/** Throws when a page holds a script without src, a style element, a style attribute or an event attribute. */
export async function refuseInline(outDir: string): Promise<void> {
  const faults: string[] = []
  for (const path of await pagesIn(outDir)) {
    // Code samples show tags as text, with &lt;, so what looks like a tag is one.
    const html = await readFile(path, 'utf8')
    for (const pattern of [
      INLINE_SCRIPT,
      /<style\b/gi,
      /<[a-z][^<>]*\s(?:style|on[a-z]+)\s*=/gi,
      /\b(?:href|src)="javascript:/gi,
    ]) {
      for (const [found] of html.matchAll(pattern)) faults.push(`${path}: ${found.slice(0, 120)}`)
    }
  }
  if (faults.length > 0) throw new Error(`Pages with inline script or style:\n${faults.join('\n')}`)
}

const INLINE_SCRIPT = /<script\b((?:(?!\bsrc=)[^>])*)>([\s\S]+?)<\/script>/gi

async function pagesIn(outDir: string): Promise<string[]> {
  const names = await readdir(outDir, { recursive: true })
  return names.filter((name) => name.endsWith('.html')).map((name) => join(outDir, name))
}

async function writeAsset(outDir: string, name: string, ending: string, text: string): Promise<string> {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8)
  const file = `${name}.${hash}.${ending}`
  await writeFile(join(outDir, 'assets', file), text)
  return BASE + file
}
