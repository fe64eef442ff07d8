import { illegal } from './refusal.ts'

/** Where the payer is sent by a click: a web page or an app, never a script. `field` is named where it is none. */
export function redirectUrlOf(field: string, url: string | undefined): string | null {
  if (!url) return null
  if (!URL.canParse(url) || /^(javascript|data|vbscript|file|blob|about):$/.test(new URL(url).protocol)) {
    throw illegal('url.not_openable', field, 'must be the address of a web page or of an app')
  }
  return url
}
