/** A letter is a few paragraphs, perhaps a code or a link. Text and HTML are made from the same value, so they cannot differ. */

import { escapeHtml } from '../escape-html.ts'

export type Letter = {
  network: string
  greeting: string
  paragraphs: string[]
  /** Shown large; meant to be read and typed. */
  code?: string
  button?: { label: string; href: string }
  /** Values to be kept, each with its name. */
  facts?: { name: string; value: string }[]
  /** Shown as a QR code, for another device than the one that reads the mail. */
  qr?: string
  /** Small, at the end: what to do if this was not expected. */
  footer: string
}

export function textOf(letter: Letter): string {
  return [
    letter.greeting,
    ...letter.paragraphs,
    ...(letter.facts ?? []).map(({ name, value }) => `${name}: ${value}`),
    ...(letter.code ? [letter.code] : []),
    ...(letter.button ? [`${letter.button.label}:\n${letter.button.href}`] : []),
    letter.footer,
    letter.network,
  ].join('\n\n')
}

export function htmlOf(letter: Letter): string {
  const p = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`
  const code = letter.code
    ? `<p style="margin:0 0 16px;font:600 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px">${escapeHtml(letter.code)}</p>`
    : ''
  const button = letter.button
    ? `<p style="margin:0 0 16px"><a href="${escapeHtml(letter.button.href)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0f5c5c;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(letter.button.label)}</a></p>`
    : ''
  const facts = (letter.facts ?? []).map(({ name, value }) => p(`${name}: ${value}`)).join('')
  const qr = letter.qr
    ? '<p style="margin:0 0 16px"><img src="cid:qr@slipway" width="200" height="200" alt="QR code of the link above" style="display:block"></p>'
    : ''
  return `<!doctype html><html lang="en"><body style="margin:0;padding:32px 16px;background:#f3f5f4;color:#17211f;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif"><div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px">${p(letter.greeting)}${letter.paragraphs.map(p).join('')}${facts}${code}${button}${qr}<p style="margin:24px 0 0;color:#55625f;font-size:14px">${escapeHtml(letter.footer)}</p><p style="margin:16px 0 0;color:#55625f;font-size:14px">${escapeHtml(letter.network)}</p></div></body></html>`
}
