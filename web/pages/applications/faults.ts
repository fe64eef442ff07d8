import { APPLICATION } from '../../../rules/limits.ts'
import { texts } from './texts.ts'

const lengthOf = (text: string) => [...text.trim().normalize('NFC')].length

/** What helps while typing; the server decides. */
export function nameFault(name: string): string | null {
  const length = lengthOf(name)
  return length < APPLICATION.nameMin || length > APPLICATION.nameMax ? texts.nameFault : null
}

export function descriptionFault(description: string): string | null {
  return lengthOf(description) > APPLICATION.descriptionMax ? texts.descriptionFault : null
}
