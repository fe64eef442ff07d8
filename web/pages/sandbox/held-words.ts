import { texts } from './texts.ts'

/** Why a notification waits for no time, if so. */
export function waitsFor({ isHeld, awaitsListener }: { isHeld: boolean; awaitsListener: boolean }) {
  if (isHeld) return texts.heldUntilResumed
  return awaitsListener ? texts.heldForListener : undefined
}
