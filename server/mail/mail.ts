/** Mail: written into the outbox with the change that causes it, sealed because it holds codes and links, sent by SMTP afterwards. */
import { createTransport, type Transporter } from 'nodemailer'
import { MAIL_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addWork, type Handler } from '../outbox/outbox.ts'
import { type Letter, htmlOf, textOf } from './letter.ts'

export type Mail = {
  /** The stored address, byte for byte. */
  to: string
  subject: string
  letter: Letter
  /** After this moment the mail would only confuse: it is dropped. */
  expiresAt?: number
  /** Written only so that writing it takes the same whether or not there is somebody to write to. */
  neverSent?: boolean
}

export async function addMail(tx: TxCtx, mail: Mail): Promise<void> {
  await addWork(tx, { topic: 'mail', payload: tx.seal.seal(JSON.stringify(mail)) })
}

/** Together well below the lease of the work, so that a silent server never makes a mail go out twice. */
const TIMEOUTS = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 }

export type Mailer = { handler: Handler; close(): void }

export function newMailer(smtpUrl: string, from: string): Mailer {
  const transport: Transporter = createTransport({ url: smtpUrl, ...TIMEOUTS }, { from })
  const host = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return { handler: (ctx, work) => deliver(ctx, transport, host, work), close: () => transport.close() }
}

async function deliver(
  ctx: Ctx,
  transport: Transporter,
  host: string,
  work: Parameters<Handler>[1],
): ReturnType<Handler> {
  const mail = JSON.parse(ctx.seal.open(work.payload)) as Mail // sealed by ourselves
  if (mail.neverSent) return { outcome: { done: true } }
  if (mail.expiresAt !== undefined && mail.expiresAt < ctx.clock.now()) {
    return { outcome: { giveUp: true, error: 'expired before it could be sent' } }
  }
  try {
    await transport.sendMail({
      to: mail.to,
      subject: mail.subject,
      text: textOf(mail.letter),
      html: htmlOf(mail.letter),
      // The same for every try, so that a mail that was sent twice is seen to be one.
      messageId: `<${work.id}@${host}>`,
    })
    return { outcome: { done: true } }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const retryInMs = waitAfter(MAIL_LADDER_SECONDS, work.attempts + 1)
    ctx.log.warn({ reason }, 'a mail was not taken by the mail server')
    return { outcome: retryInMs === undefined ? { giveUp: true, error: reason } : { retryInMs, error: reason } }
  }
}
