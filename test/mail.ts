/** A real SMTP server that keeps what it receives. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { plantFromMail } from './secrets.ts'

export type ReceivedMail = { to: string; from: string; subject: string; text: string; html: string; raw: string }

export type MailSink = {
  url: string
  mails: ReceivedMail[]
  /** The newest mail to this address whose subject fits; waits for it. */
  waitFor(to: string, subject: RegExp): Promise<ReceivedMail>
  close(): Promise<void>
}

export async function openMailSink(): Promise<MailSink> {
  const mails: ReceivedMail[] = []
  const watchers = new Set<() => void>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
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
          callback()
        }, callback)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo // it listens on TCP
  const find = (to: string, subject: RegExp) =>
    mails.findLast((mail) => mail.to.toLowerCase() === to.toLowerCase() && subject.test(mail.subject))
  return {
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
