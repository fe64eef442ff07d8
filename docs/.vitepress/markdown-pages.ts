/**
 * Every page as Markdown beside its HTML (`/docs/guide/signing.md`), and `llms.txt`, the list of them with a sentence each: for people
 * who read in an editor, and for programs that read on somebody's behalf.
 */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type Section = { text: string; items: { text: string; link: string }[] }

export async function writeMarkdown(source: string, outDir: string, sections: readonly Section[]): Promise<void> {
  for (const name of await readdir(source, { recursive: true })) {
    if (!name.endsWith('.md') || name.startsWith('.')) continue
    await mkdir(dirname(join(outDir, name)), { recursive: true })
    await copyFile(join(source, name), join(outDir, name))
  }
  const parts = await Promise.all(sections.map((section) => listOf(source, section)))
  const lead = '# Slipway\n\n> The developer center of a payment network: build, test and launch an integration.\n'
  await writeFile(join(outDir, 'llms.txt'), `${lead}\n${parts.join('\n\n')}\n`)
}

async function listOf(source: string, { text, items }: Section): Promise<string> {
  const lines = items.map(async (item) => {
    const page = await readFile(join(source, `${item.link}.md`), 'utf8')
    return `- [${item.text}](/docs${item.link}.md)${described(page)}`
  })
  return `## ${text}\n\n${(await Promise.all(lines)).join('\n')}`
}

/** The first sentence of running text, which says what the page is about. */
function described(page: string): string {
  const body = page.replace(/^---[\s\S]*?\n---\n/, '')
  const paragraph = body.split(/\n{2,}/).find((part) => /^[A-Z*`]/.test(part.trim()))
  const [sentence = ''] = paragraph?.trim().split(/(?<=[.:])\s/) ?? []
  return sentence === '' ? '' : `: ${sentence.replace(/\n/g, ' ').replace(/:$/, '.')}`
}
