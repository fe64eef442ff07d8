/** Where the docs of a center explain a cause. Apart from the causes themselves, which are a long text. */
import type { Cause } from './causes.ts'

export function causePage(origin: string, cause: Cause): string {
  return `${origin}/docs/reference/causes#${anchorOf(cause)}`
}

/** The anchor of a cause on that page. */
export function anchorOf(cause: Cause): string {
  return cause.replace(/[._]/g, '-')
}
