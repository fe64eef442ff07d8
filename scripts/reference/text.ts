/** Words, tables and pages of the generated reference. */

export function page(title: string, ...blocks: string[]): string {
  return `${['---\neditLink: false\n---', `# ${title}`, ...blocks].join('\n\n')}\n`
}

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** `idleSeconds` → `Idle`; the unit moves to the value. */
export function words(key: string): string {
  const text = key
    .replace(/(Seconds|Ms|Bytes|KiB)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/ ?\b(min|max)\b ?/, (_, side: string) => (side === 'min' ? ', at least ' : ', at most '))
    .replace(/^, (at least|at most) (.*)$/, '$2, $1')
    .replace(/\b(url|json|nda)\b/g, (word) => word.toUpperCase())
    .replace(/^, /, '')
    .trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function measure(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  const amount = Number(value)
  if (/seconds$/i.test(key)) return duration(amount)
  if (/Ms$/.test(key)) return duration(amount / 1000)
  if (/Bytes$/.test(key)) return `${amount.toLocaleString('en')} bytes`
  if (/KiB$/.test(key)) return `${amount.toLocaleString('en')} KiB`
  return amount.toLocaleString('en', { useGrouping: amount !== 65_537 })
}

export function duration(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const
  const parts: string[] = []
  let rest = seconds
  for (const [unit, size] of units) {
    // Three days and less read better in hours.
    if (unit === 'day' && seconds < 4 * size) continue
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  return parts.join(' ')
}
