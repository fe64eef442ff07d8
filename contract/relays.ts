/** The relay: calls to a partner that a listener on his machine fetches and answers. Stated in docs/guide/notifications.md. */
import * as z from 'zod'
import { OUTGOING, RELAY } from '../rules/limits.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './wire.ts'

export const RelayView = z.object({
  /** Null where there is none: nobody can listen. */
  token: z.object({ madeAt: Instant, madeBy: z.string() }).nullable(),
  isListening: z.boolean(),
  /** When a listener was heard of last. */
  seenAt: Instant.nullable(),
  /** Notifications to `relay:` URLs that are still to be sent. */
  waiting: z.number(),
})
export type RelayView = z.infer<typeof RelayView>

const path = '/applications/:applicationId/sandbox/relay'

export const getRelay = endpoint({
  summary: 'The relay of a sandbox.',
  method: 'GET',
  path,
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: RelayView,
})

export const newRelayToken = endpoint({
  summary: 'A new token for the relay, shown this once. The one before ends at once.',
  method: 'POST',
  path: `${path}/token`,
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: RelayView.extend({ newToken: z.string() }),
})

export const removeRelayToken = endpoint({
  summary: 'Removes the token: nobody can listen any more.',
  method: 'DELETE',
  path: `${path}/token`,
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: RelayView,
})

/** Of the listener's own naming, new for each start. */
const ListenerName = z.string().regex(/^[\w-]{8,64}$/, '8 to 64 letters, digits, - and _')

const headerNames = new RegExp(`^[!#$%&'*+.^_\`|~0-9A-Za-z-]{1,${RELAY.headerNameChars}}$`)
const Header = z.strictObject({
  name: z.string().regex(headerNames, 'the name of an HTTP header'),
  value: z.string().max(OUTGOING.headerBytes),
})

export const RelayCall = z.object({
  id: Id('rly'),
  /** Path and query, as they are signed. */
  uri: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Base64 of the bytes. */
  body: z.string(),
  /** An answer that takes longer is too late. */
  withinMs: z.number(),
})
export type RelayCall = z.infer<typeof RelayCall>

export const takeRelayCalls = endpoint({
  summary:
    'Waits for calls, so long as is wished, and returns those that there are. While a poll of a listener is open, it counts as listening; when the poll breaks off, what it had is given to another.',
  method: 'POST',
  path: '/relay/take',
  needs: 'relay',
  body: z.strictObject({
    listener: ListenerName,
    most: z.number().int().min(1).max(RELAY.callsMax).default(RELAY.callsMax),
    waitSeconds: z.number().min(0).max(RELAY.pollSecondsMax).default(RELAY.pollSecondsMax),
  }),
  returns: z.object({ calls: z.array(RelayCall) }),
  refusals: ['relay.wrong_token'],
  unrecorded: 'it fetches what the notification log shows',
})

export const answerRelayCall = endpoint({
  summary: 'Hands in the answer to a call. The first one counts, if it comes in time.',
  method: 'POST',
  path: '/relay/answer',
  needs: 'relay',
  body: z.strictObject({
    id: Id('rly'),
    status: z.number().int().min(100).max(599),
    headers: z
      .array(Header)
      .max(RELAY.answerHeaders)
      .refine(
        (all) => all.reduce((sum, { name, value }) => sum + name.length + value.length, 0) <= OUTGOING.headerBytes,
        `at most ${OUTGOING.headerBytes} characters of headers`,
      ),
    body: z.base64().max(Math.ceil(OUTGOING.answerBytes / 3) * 4, `at most ${OUTGOING.answerBytes} bytes`),
  }),
  returns: z.object({ isInTime: z.boolean() }),
  unrecorded: 'the notification log shows it',
})
