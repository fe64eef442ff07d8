/**
 * Reads the XML of a workbook: elements, attributes, text. A document type, and so every entity that is not one of the five of XML
 * itself, is refused; what is not well-formed is refused. Prefixes of names are passed over.
 */
import { unreadable } from './sheet.ts'

export type XmlReader = {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  text(text: string): void
}

const DEEPEST = 64
const NAME = /[A-Za-z_][\w.:-]*/y
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*("[^"<]*"|'[^'<]*')/y
const TAG_END = /\s*(\/?)>/y
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const damaged = () => unreadable('upload.damaged', 'file', 'its XML is not well-formed')

export function readXml(bytes: Buffer, reader: XmlReader): void {
  const source = decoded(bytes)
  const open: string[] = []
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf('<', at)
    const end = next === -1 ? source.length : next
    if (end > at) readText(source.slice(at, end), open, reader)
    if (next === -1) break
    at = readMarkup(source, next, open, reader)
  }
  if (open.length > 0) throw damaged()
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw damaged()
  }
}

function readText(text: string, open: readonly string[], reader: XmlReader): void {
  if (open.length > 0) reader.text(decodedText(text))
  else if (text.trim() !== '') throw damaged()
}

/** Reads one tag, comment or section, and returns where it ends. */
function readMarkup(source: string, at: number, open: string[], reader: XmlReader): number {
  if (source.startsWith('<?', at)) return after(source, '?>', at)
  if (source.startsWith('<!--', at)) return after(source, '-->', at)
  if (source.startsWith('<![CDATA[', at)) {
    const end = after(source, ']]>', at)
    if (open.length === 0) throw damaged()
    reader.text(source.slice(at + 9, end - 3))
    return end
  }
  if (source.startsWith('</', at)) return readClose(source, at, open, reader)
  return readOpen(source, at, open, reader)
}

function after(source: string, mark: string, at: number): number {
  const found = source.indexOf(mark, at)
  if (found === -1) throw damaged()
  return found + mark.length
}

function readClose(source: string, at: number, open: string[], reader: XmlReader): number {
  const end = after(source, '>', at)
  const name = source.slice(at + 2, end - 1).trimEnd()
  if (open.pop() !== name) throw damaged()
  reader.close(localName(name))
  return end
}

function readOpen(source: string, at: number, open: string[], reader: XmlReader): number {
  NAME.lastIndex = at + 1
  const name = NAME.exec(source)?.[0]
  if (name === undefined || open.length >= DEEPEST) throw damaged()
  const attributes: Record<string, string> = Object.create(null) as Record<string, string> // no name is special
  let next = at + 1 + name.length
  for (;;) {
    ATTRIBUTE.lastIndex = next
    const found = ATTRIBUTE.exec(source)
    if (!found) break
    attributes[localName(found[1] ?? '')] = decodedText((found[2] ?? '').slice(1, -1))
    next = ATTRIBUTE.lastIndex
  }
  TAG_END.lastIndex = next
  const end = TAG_END.exec(source)
  if (!end) throw damaged()
  reader.open(localName(name), attributes)
  if (end[1] === '/') reader.close(localName(name))
  else open.push(name)
  return TAG_END.lastIndex
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

function decodedText(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw damaged()
    const known = ENTITIES[name]
    if (known !== undefined) return known
    const code = /^#x[0-9a-f]{1,6}$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d{1,7}$/.test(name)
        ? Number(name.slice(1))
        : -1
    if (code < 0 || code > 0x10ffff) throw damaged()
    return String.fromCodePoint(code)
  })
}
