/** The demo's mail server: takes every mail by SMTP and shows it on a page. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { EventEmitter } from 'node:events'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

type Mail = { at: string; to: string; subject: string; text: string }

export type Mailbox = {
  /** The newest mail to this address; waits for it. */
  waitFor(to: string): Promise<Mail>
  close(): Promise<void>
}

const KEPT = 200
export const NO_MAILBOX = 'gone@lanternfish.example'

export async function openMailbox(options: { smtpPort: number; httpPort: number; file: string }): Promise<Mailbox> {
  const mails: Mail[] = existsSync(options.file) ? (JSON.parse(readFileSync(options.file, 'utf8')) as Mail[]) : [] // written below
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    // One mailbox that does not exist, so that there is something to see in the center's mail health.
    onRcptTo({ address }, _session, callback) {
      if (address !== NO_MAILBOX) return callback()
      callback(Object.assign(new Error('5.1.1 no such mailbox here'), { responseCode: 550 }))
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
          mails.unshift({ at: new Date().toISOString(), to, subject: mail.subject ?? '', text: mail.text ?? '' })
          mails.splice(KEPT)
          writeFileSync(options.file, JSON.stringify(mails), { mode: 0o600 })
          callback()
        }, callback)
      })
    },
  })
  const http = createServer((_request, response) => {
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
    }
    response.writeHead(200, headers).end(page(mails))
  })
  await listen(smtp, options.smtpPort)
  await listen(http, options.httpPort)
  return {
    async waitFor(to) {
      const deadline = Date.now() + 15_000
      while (Date.now() < deadline) {
        const mail = mails.find((known) => known.to === to)
        if (mail) return mail
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`No mail to ${to} came.`)
    },
    async close() {
      http.closeAllConnections()
      http.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
}

type Listener = EventEmitter & { listen(port: number, host: string, ready: () => void): unknown }

function listen(server: Listener, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE'
      reject(isTaken ? new Error(`Port ${port} is taken. SLIPWAY_DEMO_PORT=5800 moves all ports of the demo.`) : cause)
    })
    server.listen(port, 'localhost', resolve)
  })
}

function page(mails: readonly Mail[]): string {
  const items = mails.map(
    (mail) =>
      `<article><h2>${escapeHtml(mail.subject)}</h2><p class="meta">to ${escapeHtml(mail.to)} · <time datetime="${mail.at}">${mail.at.slice(0, 19).replace('T', ' ')} UTC</time></p><pre>${linked(escapeHtml(mail.text))}</pre></article>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails of the demo</title><style>
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid light-dark(#cfd8d5,#33413e);border-radius:.75rem;padding:1rem 1.25rem;margin:1rem 0}
h1{font-size:1.5rem}h2{font-size:1.05rem;margin:0}.meta{margin:.25rem 0 1rem;color:light-dark(#55625f,#9fb0ac)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}a{color:light-dark(#0f5c5c,#6fd3c9)}</style></head>
<body><h1>Mails of the demo</h1><p>Newest first. Reload to see more; nothing leaves this machine.</p>${items.join('') || '<p>No mail yet.</p>'}</body></html>`
}

function linked(text: string): string {
  return text.replace(/https?:\/\/[^\s<]+/g, (href) => `<a href="${href}" rel="noreferrer">${href}</a>`)
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
