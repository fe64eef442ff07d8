#!/usr/bin/env node
/**
 * The relay of a sandbox: fetches the calls to your relay: URLs from the center, calls your own machine, and hands your answers back.
 * One file, no dependencies, Node 18 or later. It only connects outward. See "Relay" on the page Notifications of the docs.
 */
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const HELP = `Brings the notifications of a sandbox to your own machine.

  node slipway-listen.mjs --center https://center.example --token=… --forward http://localhost:3000

  --center   the address of the developer center
  --token    the token of the relay, from the sandbox settings; or set SLIPWAY_RELAY_TOKEN
  --forward  your server. The notification URL says which path is called: relay:/notify is ${'<forward>'}/notify.
             If you write a path here, only calls to that path are let through.
  --help     this text
`

/** What the center takes of one answer. */
const MOST = { bodyBytes: 65_536, headerBytes: 16_384, headers: 100, nameChars: 256 }
const POLL_SECONDS = 25
const BACKOFF_MS = { first: 250, last: 10_000 }
/** Said about one connection, not about a message. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'trailer',
  'proxy-authenticate',
])

const { center, forward, token } = readOptions()
const listener = randomUUID()
const agent = new (center.protocol === 'https:' ? https : http).Agent({ keepAlive: true })
const stopping = new AbortController()
/** Calls that are being answered. A call that comes again meanwhile is the same call. */
const underWay = new Map()

process.once('SIGINT', stop)
process.once('SIGTERM', stop)
await listen()

async function listen() {
  let isConnected = false
  let trouble = ''
  let backoffMs = BACKOFF_MS.first
  while (!stopping.signal.aborted) {
    try {
      // The first poll returns at once: a wrong token is known without waiting.
      const waitSeconds = isConnected ? POLL_SECONDS : 0
      const body = { listener, waitSeconds }
      const { calls } = await ask('/api/relay/take', body, { ms: (waitSeconds + 10) * 1000, signal: stopping.signal })
      if (!isConnected)
        say(`Listening. Calls to relay:${forward.path ?? '/…'} go to ${forward.url.origin}${forward.path ?? '/…'}`)
      isConnected = true
      trouble = ''
      backoffMs = BACKOFF_MS.first
      for (const call of calls) if (!underWay.has(call.id)) take(call)
    } catch (error) {
      if (stopping.signal.aborted) break
      if (error.isFinal) fail(error.message)
      isConnected = false
      if (error.message !== trouble) say(`${error.message} Trying again.`)
      trouble = error.message
      await wait(backoffMs * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal }).catch(() => undefined)
      backoffMs = Math.min(backoffMs * 2, BACKOFF_MS.last)
    }
  }
}

function take(call) {
  const done = answer(call)
    .catch((error) =>
      error.isFinal ? fail(error.message) : say(`${call.uri}: the answer could not be handed in. ${error.message}`),
    )
    .finally(() => underWay.delete(call.id))
  underWay.set(call.id, done)
}

async function answer(call) {
  const begun = performance.now()
  const reply = await callServer(call).catch((error) => asAnswer(error))
  const ms = Math.round(performance.now() - begun)
  const note = reply.note ? `  ${reply.note}` : ''
  if (reply.status === undefined) return say(`POST ${call.uri}  no answer  ${ms} ms${note}`)
  const isInTime = await handIn(call, reply, call.withinMs - ms)
  say(`POST ${call.uri}  ${reply.status}  ${ms} ms${note}${isInTime ? '' : '  too late'}`)
}

/** Calls your server: the path that was signed, the headers that were signed for, the body byte for byte. */
function callServer({ uri, headers, body, withinMs }) {
  const path = uri.split('?')[0]
  if (forward.path !== undefined && forward.path !== path)
    return Promise.reject(new Error(`The notification URL is relay:${path}, but --forward says ${forward.path}.`))
  const bytes = Buffer.from(body, 'base64')
  const { protocol, hostname, port } = forward.url
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? https : http).request({
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path: uri,
      method: 'POST',
      headers: {
        ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
        'Content-Length': bytes.length,
      },
      agent: false,
      autoSelectFamily: true,
      // Your own machine may have a certificate of its own making.
      rejectUnauthorized: !isLoopback,
    })
    const timer = setTimeout(
      () => request.destroy(Object.assign(new Error('no answer'), { isSilence: true })),
      withinMs,
    )
    request.once('error', reject)
    request.once('close', () => clearTimeout(timer))
    request.once('response', (response) => {
      const chunks = []
      let size = 0
      response.on('data', (chunk) => {
        size += chunk.length
        if (size > MOST.bodyBytes)
          request.destroy(new Error(`The body of the answer is larger than ${MOST.bodyBytes} bytes.`))
        chunks.push(chunk)
      })
      response.once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode, headers: headersOf(response), body: Buffer.concat(chunks) }),
      )
    })
    request.end(bytes)
  })
}

function headersOf({ rawHeaders }) {
  const all = []
  for (let i = 0; i < rawHeaders.length; i += 2) all.push({ name: rawHeaders[i], value: rawHeaders[i + 1] })
  const kept = all.filter(({ name }) => !HOP_BY_HOP.has(name.toLowerCase()) && name.length <= MOST.nameChars)
  const size = kept.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  if (size > MOST.headerBytes || kept.length > MOST.headers) throw new Error('The answer has too many headers.')
  return kept
}

/** What went wrong here stands in the notification log, as a proxy would tell it. Silence stays silence. */
function asAnswer(error) {
  if (error.isSilence) return { note: 'your server took too long' }
  const note = reasonOf(error)
  const body = Buffer.from(`slipway-listen: ${note}`)
  return { status: 502, headers: [{ name: 'content-type', value: 'text/plain; charset=utf-8' }], body, note }
}

/** Tries until it is too late anyway: the center may be about to start anew. */
async function handIn({ id }, { status, headers, body }, withinMs) {
  const until = performance.now() + withinMs
  for (;;) {
    try {
      const answer = { id, status, headers, body: body.toString('base64') }
      return (await ask('/api/relay/answer', answer, { ms: 5000 })).isInTime
    } catch (error) {
      if (error.isFinal || performance.now() > until) throw error
      await wait(BACKOFF_MS.first)
    }
  }
}

/** One call to the center. An error that no waiting mends `isFinal`. */
async function ask(path, body, { ms, signal }) {
  const { status, text } = await post(path, JSON.stringify(body), ms, signal).catch((error) => {
    throw new Error(`The center ${center.origin} is not reachable: ${reasonOf(error)}.`)
  })
  const value = parse(text)
  if (status === 200 && value !== undefined) return value
  if (status === 401 && value?.code !== undefined)
    throw Object.assign(new Error(`The center does not know this token. ${value.remedy}`), { isFinal: true })
  if (value?.code === undefined)
    throw new Error(`${center.origin} answered ${status}, and not as a developer center does.`)
  throw new Error(`The center answered ${status}: ${value.title}`)
}

function post(path, text, ms, signal) {
  return new Promise((resolve, reject) => {
    const request = (center.protocol === 'https:' ? https : http).request(new URL(path, center), {
      method: 'POST',
      agent,
      signal,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
        Authorization: `Bearer ${token}`,
      },
    })
    const timer = setTimeout(() => request.destroy(new Error('no answer')), ms)
    request.once('error', reject)
    request.once('close', () => clearTimeout(timer))
    request.once('response', (response) => {
      let answer = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (answer += chunk))
      response.once('error', reject)
      response.once('end', () => resolve({ status: response.statusCode, text: answer }))
    })
    request.end(text)
  })
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(error) {
  const code = error.code ?? error.errors?.[0]?.code
  return (
    { ECONNREFUSED: 'connection refused', ECONNRESET: 'connection reset', ENOTFOUND: 'no such host' }[code] ??
    (error.message || String(code))
  )
}

function readOptions() {
  const options = {
    center: { type: 'string' },
    token: { type: 'string' },
    forward: { type: 'string' },
    help: { type: 'boolean' },
  }
  let values
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    fail(`${error.message}\n\n${HELP}`)
  }
  if (values.help) {
    process.stdout.write(HELP)
    process.exit(0)
  }
  const given = values.token ?? process.env.SLIPWAY_RELAY_TOKEN ?? ''
  if (!values.center || !values.forward) fail(`--center and --forward are needed.\n\n${HELP}`)
  if (!/^[\x21-\x7e]+$/.test(given)) fail('The token of the relay is needed: --token, or SLIPWAY_RELAY_TOKEN.')
  const url = urlOf('--forward', values.forward)
  const path = url.pathname === '/' ? undefined : url.pathname
  return { center: urlOf('--center', values.center), forward: { url, path }, token: given }
}

function urlOf(option, text) {
  const url = parseUrl(text)
  if (!url || !/^https?:$/.test(url.protocol)) fail(`${option} must be a URL such as http://localhost:3000.`)
  return url
}

function parseUrl(text) {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function say(text) {
  process.stdout.write(`${new Date().toTimeString().slice(0, 8)}  ${text}\n`)
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

/** What is being answered is still handed in. */
async function stop() {
  process.once('SIGINT', () => process.exit(130))
  stopping.abort()
  await Promise.all(underWay.values())
  agent.destroy()
  process.exit(0)
}
