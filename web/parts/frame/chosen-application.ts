import type { ApplicationView } from '../../../contract/applications.ts'
import type { At } from '../../page.ts'

const keyOf = (personId: string) => `slipway-application:${personId}`

/** The application that the reader works on: the one in the address, else the one of last time, else the newest. */
export function chosenApplication(items: readonly ApplicationView[], at: At): ApplicationView | undefined {
  const find = (id: string | null) => items.find((item) => item.id === id)
  return find(at.params.applicationId) ?? find(at.search.get('application')) ?? find(remembered(at)) ?? items.at(-1)
}

function remembered(at: At): string | null {
  try {
    return at.me ? localStorage.getItem(keyOf(at.me.person.id)) : null
  } catch {
    return null // a browser that forbids storage forgets, and that is all
  }
}

export function rememberApplication(personId: string, applicationId: string): void {
  try {
    localStorage.setItem(keyOf(personId), applicationId)
  } catch {
    // as above
  }
}
