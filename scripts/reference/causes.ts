import { anchorOf } from '../../rules/cause-page.ts'
import { CAUSES, causes } from '../../rules/causes.ts'
import { page } from './text.ts'

export function causesPage(): string {
  return page(
    'Causes of refused calls',
    'A result code is the word of the network and covers many faults. When the sandbox refuses a call, it also says which one it was: `resultMessage` ends with the address of a section of this page, and the call stands with the same cause in the request log, where one can look for all calls of a cause. Production answers the same codes without such an address.',
    ...causes.map((cause) => {
      const [code, wrong, right] = CAUSES[cause]
      return [`## ${cause} {#${anchorOf(cause)}}`, `\`${code}\`. ${wrong}`, right].join('\n\n')
    }),
  )
}
