/** Mail: written into the outbox with the change that causes it, sealed because it holds codes and links, sent by SMTP afterwards. */
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer'
import type { MailKind } from '../../rules/mail.ts'
import { MAIL_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addWork, type Handler, type Outcome } from '../outbox/outbox.ts'
import { type Letter, htmlOf, textOf } from './letter.ts'
import { qrPng } from './qr-png.ts'
import * as store from './store.ts'

export { deleteOld as deleteOldMails } from './store.ts'

export type Mail = {
  /** What it is about, for those who look after the mail. */
  kind?: MailKind
  /** The id of what it is about. */
  about?: string
  /** The stored address, byte for byte. */
  to: string
  copies?: readonly string[]
  subject: string
  letter: Letter
  /** After this moment the mail would only confuse: it is dropped. */
  expiresAt?: number
  /** The partner whose people have it sent in numbers: so many at a time, and those of others are not behind them. */
  sender?: string
  /** Written only so that writing it takes the same whether or not there is somebody to write to. */
  neverSent?: boolean
}

/** Returns the id under which the fate of the mail is kept. The subject must hold no secret. */
export async function addMail(tx: TxCtx, mail: Mail): Promise<string> {
  const { kind = 'notice', about = null, to, copies = [], subject } = mail
  const id = newId('mal')
  // What was typed where there is nobody to write to is not kept.
  await store.insert(tx, { id, kind, recipient: mail.neverSent ? '' : to, copies, subject, about })
  const lane = mail.sender === undefined ? '' : `mails ${mail.sender}`
  return addWork(tx, { topic: 'mail', payload: tx.seal.seal(JSON.stringify(mail)), id, lane })
}

/** A mail that has not gone out yet never will: what it says is not true any more. */
export const dropMail = store.dropQueued

/** Together well below the lease of the work, so that a silent server never makes a mail go out twice. */
const TIMEOUTS = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 }

export type Mailer = { handler: Handler; close(): void }

export function newMailer(smtpUrl: string, from: string): Mailer {
  const transport: Transporter = createTransport({ url: smtpUrl, ...TIMEOUTS }, { from })
  // Whether a message was handed over in full: what tells a broken connection from one that may have done its work.
  transport.use('stream', (mail, done) => {
    const { slipwayHanded } = mail.data as { slipwayHanded?: { over: boolean } } // set by `send`
    mail.message.processFunc((input) => {
      input.once('end', () => {
        if (slipwayHanded) slipwayHanded.over = true
      })
      return input
    })
    done()
  })
  const host = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return { handler: (ctx, work) => deliver(ctx, transport, host, work), close: () => transport.close() }
}

type Work = Parameters<Handler>[1]

async function deliver(ctx: Ctx, transport: Transporter, host: string, work: Work): ReturnType<Handler> {
  const mail = JSON.parse(ctx.seal.open(work.payload)) as Mail // sealed by ourselves
  if (mail.neverSent) return { outcome: { done: true }, record: (tx) => store.remove(tx, work.id) }
  if (await store.isDropped(ctx, work.id)) return { outcome: { done: true } }
  if (mail.expiresAt !== undefined && mail.expiresAt < ctx.clock.now()) {
    const error = 'expired before it could be sent'
    const words = await lastWords(ctx, work.id, error)
    const fate = { state: 'expired', words, isUnanswered: false, nextAt: null, wasTried: false } as const
    return withFate(work, { giveUp: true, error }, fate)
  }
  const sent = await send(transport, mail, `<${work.id}@${host}>`)
  if (sent.isTaken)
    return withFate(
      work,
      { done: true },
      { state: 'sent', words: sent.words, isUnanswered: false, nextAt: null, wasTried: true },
    )
  ctx.log.warn({ reason: sent.words }, 'a mail was not taken by the mail server')
  return afterRefusal(ctx, work, sent)
}

/** A message that says why it is over keeps what the server said before. */
async function lastWords(ctx: Ctx, id: string, fallback: string): Promise<string> {
  return (await store.findWords(ctx, id)) ?? fallback
}

function afterRefusal(ctx: Ctx, work: Work, { words, isFinal, isUnanswered }: Sent): Awaited<ReturnType<Handler>> {
  const retryInMs = isFinal ? undefined : waitAfter(MAIL_LADDER_SECONDS, work.attempts + 1)
  const common = { words, isUnanswered, wasTried: true }
  const error = words ?? ''
  if (retryInMs === undefined)
    return withFate(work, { giveUp: true, error }, { ...common, state: isFinal ? 'refused' : 'given_up', nextAt: null })
  const nextAt = ctx.clock.now() + retryInMs
  return withFate(work, { retryInMs, error }, { ...common, state: 'queued', nextAt })
}

/** In the transaction of the outcome, so that the queue and what is told of it cannot disagree. */
function withFate(work: Work, outcome: Outcome, fate: store.Fate): Awaited<ReturnType<Handler>> {
  return { outcome, record: (tx) => store.note(tx, work.id, fate) }
}

type Sent = {
  isTaken: boolean
  words: string | null
  /** The server will never take it: it refused the recipient or the message for good. */
  isFinal: boolean
  /** The whole message was handed over, and the connection broke before the answer. */
  isUnanswered: boolean
}

async function send(transport: Transporter, mail: Mail, messageId: string): Promise<Sent> {
  const handed = { over: false }
  const qr = mail.letter.qr === undefined ? undefined : qrPng(mail.letter.qr)
  try {
    const info: SentMessageInfo = await transport.sendMail({
      to: mail.to,
      ...(mail.copies?.length ? { cc: [...mail.copies] } : {}),
      subject: mail.subject,
      text: textOf(mail.letter),
      html: htmlOf(mail.letter),
      ...(qr
        ? { attachments: [{ filename: 'invitation.png', content: qr, cid: 'qr@slipway', contentType: 'image/png' }] }
        : {}),
      // The same for every try, so that a mail that was sent twice is seen to be one.
      messageId,
      slipwayHanded: handed,
    } as Parameters<Transporter['sendMail']>[0])
    return sentTo(mail, info)
  } catch (error) {
    const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string } // as nodemailer's errors have them
    const isFinal = responseCode !== undefined && responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command ?? '')
    const words = error instanceof Error ? error.message : String(error)
    return {
      isTaken: false,
      words,
      isFinal,
      isUnanswered: handed.over && responseCode === undefined && code !== 'EMESSAGE',
    }
  }
}

/** Taken for the recipient. A copy that was refused is told, and does not undo the rest. */
function sentTo(mail: Mail, info: SentMessageInfo): Sent {
  const errors = (info.rejectedErrors ?? []) as { recipient?: string; response?: string; responseCode?: number }[] // one per rejected address
  const words = errors.map(({ recipient, response }) => `${recipient}: ${response}`).join('; ') || null
  const own = errors.find(({ recipient }) => recipient === mail.to)
  return { isTaken: own === undefined, words, isFinal: (own?.responseCode ?? 0) >= 500, isUnanswered: false }
}
