import type { InboxCallView } from '../../../contract/inbox.ts'
import { parseSignatureHeader, textBeforeBody } from '../../../rules/signature.ts'

/** What a server reads off a call before it verifies: the signature, and the string that it has to be of. */
export function readCall({ method, uri, headers, body }: Pick<InboxCallView, 'method' | 'uri' | 'headers' | 'body'>) {
  const value = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value
  const parts = { method, uri, clientId: value('client-id') ?? '', time: value('request-time') ?? '' }
  return { header: parseSignatureHeader(value('signature')), signedText: textBeforeBody(parts) + body }
}
