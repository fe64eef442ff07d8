/** What a page does to its reader that no test of behaviour sees. Runs inside the browser, so it refers to nothing outside itself. */
export function pageFaults(): string[] {
  const faults: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth)
    faults.push(`wider than the screen by ${root.scrollWidth - root.clientWidth} px`)
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (element.clientWidth <= 1 || !isText) continue
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element)
    if (clipPath.startsWith('inset(50%')) continue // for screen readers only
    const isCut = (overflowX === 'hidden' || overflowX === 'clip') && textOverflow !== 'ellipsis'
    if (isCut && element.scrollWidth > element.clientWidth + 1)
      faults.push(`cut: ${element.textContent?.trim().slice(0, 40)}`)
  }
  // What is chosen, and what stands in an empty field, ends without a sign where it does not fit.
  const pen = document.createElement('canvas').getContext('2d')
  for (const field of document.querySelectorAll<HTMLSelectElement | HTMLInputElement>('select, input[placeholder]')) {
    const isSelect = field instanceof HTMLSelectElement
    const shown = isSelect ? (field.selectedOptions[0]?.textContent ?? '') : field.value === '' ? field.placeholder : ''
    const { paddingLeft, paddingRight, font } = getComputedStyle(field)
    if (!pen || field.clientWidth <= 1) continue
    pen.font = font
    const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
    if (pen.measureText(shown).width > room + 1) faults.push(`cut: ${shown.slice(0, 40)}`)
  }
  const shift = (globalThis as { layoutShift?: number }).layoutShift ?? 0 // counted by the watcher below
  if (shift > 0.05) faults.push(`moves by ${shift.toFixed(3)} while it loads`)
  return faults
}

/** Added to every page before it loads. */
export function watchShifts(): void {
  const counted = globalThis as { layoutShift?: number }
  counted.layoutShift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) counted.layoutShift = (counted.layoutShift ?? 0) + entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}
