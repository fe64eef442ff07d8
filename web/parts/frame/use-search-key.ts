import { useEffect } from 'react'

/** `/` leads to the search of the page, where there is one, unless something is being typed. */
export function useSearchKey(): void {
  useEffect(() => {
    const lead = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null
      const isTyping = at?.closest('input, textarea, select, [contenteditable], [role="dialog"]')
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
      const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
      if (field === null) return
      event.preventDefault()
      field.focus()
    }
    window.addEventListener('keydown', lead)
    return () => window.removeEventListener('keydown', lead)
  }, [])
}
