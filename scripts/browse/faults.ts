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
