/**
 * Some actions ask for the password again. The call that is refused for it waits here until the reader has answered in the dialog
 * (parts/frame/ProofDialog.tsx), and is then made once more.
 */
import { useSyncExternalStore } from 'react'

type Asked = { answer: (proved: boolean) => void }

let asked: Asked | undefined // one for the page: there is one reader and one dialog
const watchers = new Set<() => void>()

function set(next: Asked | undefined): void {
  asked = next
  for (const watch of watchers) watch()
}

/** Resolves when the reader has confirmed, or does not want to. Of several calls that wait, the dialog answers all. */
export function askProof(): Promise<boolean> {
  return new Promise((resolve) => {
    const before = asked
    set({
      answer: (proved) => {
        set(undefined)
        before?.answer(proved)
        resolve(proved)
      },
    })
  })
}

/** The session has ended: what waited for it must not be done for whoever logs in next. */
export function dropProof(): void {
  asked?.answer(false)
}

/** The question that is open now. */
export function useAskedProof(): Asked | undefined {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch)
      return () => watchers.delete(watch)
    },
    () => asked,
  )
}
