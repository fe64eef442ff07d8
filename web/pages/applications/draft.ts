/** What was typed for a new application, kept by this tab until it is created: a reload or a look at the docs loses nothing. */
const KEPT_AS = 'slipway-new-application'

export function keptDraft(personId: string): unknown {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(`${KEPT_AS}:${personId}`) ?? 'null')
    return draft
  } catch {
    return null // a browser that forbids storage forgets, and that is all
  }
}

export function keepDraft(personId: string, draft: unknown): void {
  try {
    if (draft === null) sessionStorage.removeItem(`${KEPT_AS}:${personId}`)
    else sessionStorage.setItem(`${KEPT_AS}:${personId}`, JSON.stringify(draft))
  } catch {
    // as above
  }
}
