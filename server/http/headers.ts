/** Security headers, on every answer whatever its status. */
import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'

const permissions = (camera: string) => `${camera}, microphone=(), geolocation=(), payment=()`

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': permissions('camera=()'),
} as const

/** For answers that are data: nothing may be loaded or framed from them. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

export function setSecurityHeaders(reply: FastifyReply, https: boolean): void {
  reply.headers(ALWAYS)
  reply.header('content-security-policy', DATA_POLICY)
  reply.header('cache-control', 'no-store')
  if (https) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

/** The console's page: scripts and styles of our own, or with this answer's nonce. */
export function setConsolePolicy(reply: FastifyReply): string {
  const nonce = randomBytes(16).toString('base64')
  reply.header(
    'content-security-policy',
    [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  )
  return nonce
}

/** The Test Wallet reads codes with the camera, as no other page does. */
export function allowCamera(reply: FastifyReply): void {
  reply.header('permissions-policy', permissions('camera=(self)'))
}

/** The docs are plain files: no inline script or style at all. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
