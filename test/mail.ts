/** A real SMTP server that keeps what it receives. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { plantFromMail } from './secrets.ts'

type ReceivedMail = { to: string; from: string; subject: string; text: string; html: string; raw: string }

/** What a test makes the mail server do wrong. */
type MailManner = {
  /** Answers a recipient with a refusal, such as `[550, 'no such mailbox']`. */
  refuse?: ((address: string) => readonly [code: number, message: string] | undefined) | undefined
  /** After the last dot: the connection breaks, or nothing is ever said. Otherwise the mail is taken. */
  atDot?: 'break' | 'hang' | undefined
  /** Says nothing after the last dot of a mail to this address. */
  hangsFor?: ((address: string) => boolean) | undefined
}

export type MailSink = {
  /** May be changed at any time. */
  manner: MailManner
  url: string
  mails: ReceivedMail[]
  /** The newest mail to this address whose subject fits; waits for it. */
  waitFor(to: string, subject: RegExp): Promise<ReceivedMail>
  close(): Promise<void>
}

export async function openMailSink(): Promise<MailSink> {
  const mails: ReceivedMail[] = []
  const watchers = new Set<() => void>()
  const manner: MailManner = {}
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      const refused = manner.refuse?.(address)
      callback(refused ? Object.assign(new Error(refused[1]), { responseCode: refused[0] }) : null)
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        PostalMime.parse(raw).then((mail) => {
          const envelope = session.envelope
          plantFromMail(mail.text ?? '')
          mails.push({
            to: envelope.rcptTo.map(({ address }) => address).join(', '),
            from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html ?? '',
            raw: raw.toString('utf8'),
          })
          for (const watch of watchers) watch()
          if (manner.atDot === 'break') breakConnections(server)
          else if (manner.atDot === undefined && !envelope.rcptTo.some(({ address }) => manner.hangsFor?.(address)))
            callback()
        }, callback)
      })
    },
  })
  // A sender that is killed in the middle of a letter resets the connection: that is no fault of the sink.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo // it listens on TCP
  const find = (to: string, subject: RegExp) =>
    mails.findLast((mail) => mail.to.toLowerCase() === to.toLowerCase() && subject.test(mail.subject))
  return {
    manner,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    waitFor: (to, subject) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const mail = find(to, subject)
          if (!mail) return
          clearTimeout(timer)
          watchers.delete(look)
          resolve(mail)
        }
        const timer = setTimeout(() => {
          watchers.delete(look)
          reject(
            new Error(`No mail to ${to} with ${subject} came; there are: ${mails.map((m) => m.subject).join(' | ')}`),
          )
        }, 10_000)
        watchers.add(look)
        look()
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** As a cable that is cut: the library has no way to do that politely. */
function breakConnections(server: SMTPServer): void {
  const { connections } = server as unknown as { connections: Set<{ _socket: { destroy(): void } }> } // its own list
  for (const { _socket } of connections) _socket.destroy()
}
