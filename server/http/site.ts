/** Static files: the console, whose page carries a nonce of its own in each answer, and the docs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../rules/refusals.ts'
import { escapeHtml } from '../escape-html.ts'
import type { Logo } from '../logo.ts'
import { answerError } from './errors.ts'
import { allowCamera, DOCS_POLICY, setConsolePolicy } from './headers.ts'

const A_YEAR = 'public, max-age=31536000, immutable'

export type Brand = { name: string; logo: Logo | null }

export async function mountSite(server: FastifyInstance, dist: string, { name, logo }: Brand): Promise<void> {
  if (logo !== null) {
    server.get('/logo', (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type(logo.type).send(logo.body),
    )
  }
  const page = readPage(join(dist, 'web', 'index.html'))
    ?.replaceAll('__NETWORK_NAME__', () => escapeHtml(name))
    .replaceAll('__NETWORK_LOGO__', logo === null ? '' : '/logo')
  if (page !== undefined) {
    await server.register(fastifyStatic, {
      root: join(dist, 'web'),
      prefix: '/',
      index: false,
      wildcard: false,
      preCompressed: true,
      globIgnore: ['**/index.html', '**/*.br', '**/*.gz'],
      cacheControl: false,
      setHeaders: (reply, path) =>
        void reply.header('cache-control', path.includes('/assets/') ? A_YEAR : 'public, max-age=3600'),
    })
  }
  const docs = join(dist, 'docs')
  if (existsSync(docs)) {
    server.get('/docs', (_request, reply) => reply.redirect('/docs/'))
    server.get('/llms.txt', (_request, reply) => reply.redirect('/docs/llms.txt'))
    await server.register(fastifyStatic, {
      root: docs,
      prefix: '/docs/',
      decorateReply: page === undefined,
      preCompressed: true,
      extensions: ['html'],
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('content-security-policy', DOCS_POLICY)
        reply.header('cache-control', path.includes('/assets/') ? A_YEAR : 'no-cache')
      },
    })
  }
  const missingDocs = readPage(join(docs, '404.html'))
  // Every other address is a page of the console, which knows by itself what is not there.
  server.setNotFoundHandler((request, reply) => {
    const asksForPage = request.method === 'GET' || request.method === 'HEAD'
    if (asksForPage && missingDocs !== undefined && request.url.startsWith('/docs/')) {
      return reply
        .code(404)
        .header('content-security-policy', DOCS_POLICY)
        .type('text/html; charset=utf-8')
        .send(missingDocs)
    }
    const isData = /^\/(api|docs|assets|health)(\/|$)/.test(request.url)
    if (!asksForPage || isData || page === undefined) return answerError(new Refusal('thing.not_found'), request, reply)
    return sendPage(request, reply, page)
  })
}

function readPage(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Each answer has a nonce of its own, so it is compressed when it is sent. Nothing that a caller writes stands in it. */
function sendPage(request: FastifyRequest, reply: FastifyReply, page: string): FastifyReply {
  const html = page.replaceAll('__CSP_NONCE__', setConsolePolicy(reply))
  if (/^\/wallet(\/|$|\?)/.test(request.url)) allowCamera(reply)
  reply.type('text/html; charset=utf-8').header('vary', 'accept-encoding')
  if (!takesBrotli(request.headers['accept-encoding'])) return reply.send(html)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return reply.header('content-encoding', 'br').send(brotliCompressSync(html, { params }))
}

/** RFC 9110, 12.5.3: named, and not with a weight of nothing. */
const takesBrotli = (accepted = ''): boolean => /(^|,)\s*br\s*(,|$|;\s*q=(1|0\.0*[1-9]))/i.test(String(accepted))
