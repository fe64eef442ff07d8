import type { CallInput, Output } from '../../../contract/endpoint.ts'
import type { listMails } from '../../../contract/mail.ts'
import { mailKinds, mailStates } from '../../../rules/mail.ts'
import type { MailView } from '../../paths.ts'

export type Mail = Output<typeof listMails>['items'][number]

export const mailViewOf = (search: URLSearchParams): MailView => Object.fromEntries(search)

/** What the address asks for. A value that nobody can mean is left out, not sent and refused. */
export function mailsWanted(search: URLSearchParams): CallInput<typeof listMails> {
  const view = mailViewOf(search)
  const state = mailStates.find((name) => name === view.state)
  const kind = mailKinds.find((name) => name === view.kind)
  const address = view.address?.trim()
  return {
    query: {
      ...(state && { state }),
      ...(kind && { kind }),
      ...(address && { address }),
      ...(view.cursor && { cursor: view.cursor }),
    },
  }
}

export const isMailFiltered = ({ state, kind, address }: MailView) => [state, kind, address].some(Boolean)
