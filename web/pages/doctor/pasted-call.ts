/** A call as people paste it: request line and headers, as they stand in a log or in the output of curl -v. */

export type PastedCall = { method: string; uri: string; headers: Map<string, string> }

/** Undefined where the first line is no request line. Marks of curl (`> `) are taken off; a whole address is cut to its path. */
export function readPasted(text: string): PastedCall | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^[>*]\s/, ''))
    .filter((line) => line.trim() !== '')
  const [, method, target] = /^\s*([A-Za-z]+)\s+(\S+)(?:\s+HTTP\/[\d.]+)?\s*$/.exec(lines[0] ?? '') ?? []
  if (method === undefined || target === undefined) return undefined
  const headers = new Map<string, string>()
  for (const line of lines.slice(1)) {
    const at = line.indexOf(':')
    if (at <= 0) continue
    const name = line.slice(0, at).trim().toLowerCase()
    const before = headers.get(name)
    const value = line.slice(at + 1).trim()
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return { method, uri: target.replace(/^https?:\/\/[^/?#]*/i, '') || '/', headers }
}
