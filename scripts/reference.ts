/**
 * Writes docs/reference/*.md from rules, contract, settings and vectors, so that no fact stands in two places. One function per
 * page. With --check it writes nothing and exits 1 when a page is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Endpoint, Need } from '../contract/endpoint.ts'
import { CONSOLE_HEADER } from '../contract/endpoint.ts'
import { InquiryRequest, PayRequest } from '../contract/gateway.ts'
import { endpoints } from '../contract/index.ts'
import * as limits from '../rules/limits.ts'
import { ACKNOWLEDGEMENT_FAULTS, MAIL_LADDER_SECONDS, NOTIFICATION_LADDER_SECONDS } from '../rules/notification.ts'
import { REFUSALS, refusalCodes } from '../rules/refusals.ts'
import { RESULTS, resultCodes } from '../rules/results.ts'
import * as roles from '../rules/roles.ts'
import { SETTINGS } from '../server/config.ts'
import vectors from '../test/vectors/signature.json' with { type: 'json' }

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url))

// ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function rolesPage(): string {
  const yesOrNo = (granted: boolean) => (granted ? '**yes**' : 'no')
  return page(
    'Roles and permissions',
    'Who may do what. The server checks every action against this table; the list of permissions on the home page, the reason beside a disabled button and the text of a refusal are made from the same one.',
    '## Roles of a partner',
    table(
      ['Role', 'Purpose'],
      roles.partnerRoles.map((role) => [roles.PARTNER_ROLES[role].title, roles.PARTNER_ROLES[role].purpose]),
    ),
    'One person may hold several roles. Their permissions add up.',
    '## Permissions of a partner',
    table(
      ['Permission', ...roles.partnerRoles.map((role) => roles.PARTNER_ROLES[role].title)],
      roles.permissions.map((permission) => [
        roles.permissionTitle(permission),
        ...roles.partnerRoles.map((role) => yesOrNo(roles.roleMay(role, permission))),
      ]),
    ),
    'A permission that you do not have: the button is shown disabled and says why. The server answers a call without it with `permission.missing`, and names the permission and the roles that carry it.',
    'Some permissions belong to actions of a later release. They stand in the table from the start.',
    '## Staff of the network',
    table(
      ['Role', 'Purpose'],
      roles.staffRoles.map((role) => [roles.STAFF_ROLES[role].title, roles.STAFF_ROLES[role].purpose]),
    ),
    table(
      ['Permission', ...roles.staffRoles.map((role) => roles.STAFF_ROLES[role].title)],
      roles.staffPermissions.map((permission) => [
        roles.permissionTitle(permission),
        ...roles.staffRoles.map((role) => yesOrNo(roles.staffRoleMay(role, permission))),
      ]),
    ),
    'A member of staff is never a member of a partner, and the reverse.',
  )
}

function gatewayApiPage(): string {
  // Said once above the tables: other scalars are taken for strings, and null for a field that is left out.
  const plain = (type: string) => type.replace('string or number or boolean', 'string').replace(' or null', '')
  const fields = (schema: z.ZodType) =>
    table(
      ['Field', 'Type', 'Required', 'Rules'],
      fieldRows(jsonSchema(schema, 'input')).map(([field = '', type = '', ...rest]) => [field, plain(type), ...rest]),
    )
  return page(
    'Gateway API',
    'The bodies that the gateway checks, made from the schemas that it checks them with. What the fields mean, the answers, and what to do with them: [Cashier Payment](../guide/cashier-payment).',
    'Fields that are not listed are accepted and ignored. Where a string is asked for, a number or a boolean is taken too. An optional field may be left out or `null`.',
    '## payments/pay',
    '`POST /aps/api/v1/payments/pay`',
    fields(PayRequest),
    'Cashier Payment asks for more: `paymentFactor.isCashierPayment` is `true`, `order.env.terminalType` is `WEB`, `WAP`, `APP` or `MINI_APP`, and `order.env.osType` is `IOS` or `ANDROID` for `APP` and `WAP`.',
    '## payments/inquiryPayment',
    '`POST /aps/api/v1/payments/inquiryPayment`',
    fields(InquiryRequest),
    'One of the two is needed.',
  )
}

function resultCodesPage(): string {
  const meaning = { S: 'S: processed', F: 'F: final failure', U: 'U: outcome unknown' }
  return page(
    'Result codes of the gateway',
    'Every answer of the gateway is HTTP 200 with a `result`: `resultCode`, `resultStatus` and `resultMessage`. Branch on code and status. The message is for people, may say more than the sentence below, and may change.',
    table(
      ['Status', 'What to do'],
      [
        [
          '`S`',
          "The call was processed. For `inquiryPayment` this says only that the inquiry worked; the payment's own outcome is in `paymentResult`.",
        ],
        [
          '`F`',
          'Final for this id. Do not repeat it unchanged; after a wrong signature or a wrong value, correct it and call again.',
        ],
        [
          '`U`',
          'The outcome is not known yet. Inquire, wait for the notification, or repeat with the same id and the same content.',
        ],
      ],
    ),
    '## All codes',
    table(
      ['Code', 'Status', 'Message'],
      resultCodes.map((code) => [`\`${code}\``, meaning[RESULTS[code][0]], RESULTS[code][1]]),
    ),
  )
}

function refusalsPage(): string {
  const areas = [...new Set(refusalCodes.map(areaOf))]
  return page(
    'Refusals of the console API',
    'A refused call of the console API has an HTTP status of 400 or more and a JSON body: `code`, `title`, `remedy` and `requestId`. A code never changes its meaning. Where single values are wrong, `fields` names each by its path.',
    '```json\n{\n  "code": "request.invalid",\n  "title": "Some values are not right.",\n  "remedy": "Correct the values that are named, and send again.",\n  "requestId": "…",\n  "fields": [{ "path": "name", "message": "between 3 and 64 characters" }]\n}\n```',
    'Tell support the `requestId`: it finds the call in the log.',
    ...areas.flatMap((area) => [
      `## ${area}`,
      table(
        ['Code', 'HTTP', 'What it says', 'What to do'],
        refusalCodes
          .filter((code) => areaOf(code) === area)
          .map((code) => [`\`${code}\``, String(REFUSALS[code][0]), REFUSALS[code][1], REFUSALS[code][2]]),
      ),
    ]),
  )
}

const areaOf = (code: string) => code.slice(0, code.indexOf('.'))

function consoleApiPage(): string {
  const areas: Record<string, [string, Endpoint][]> = {}
  for (const [name, endpoint] of Object.entries(endpoints).sort(byPath)) {
    const area = areaOfPath(endpoint.path)
    areas[area] = [...(areas[area] ?? []), [name, endpoint]]
  }
  return page(
    'Console API',
    'The calls that the console makes, under `/api`, with the session cookie of the browser. It serves the console of the same release; the API for your systems is the signed gateway.',
    `- Bodies and answers are JSON. Unknown fields are refused.\n- Every call that changes something carries the header \`${CONSOLE_HEADER}\` and comes from the center's own origin.\n- What is not yours is not found: it is answered with \`thing.not_found\`.\n- Any call may be refused with \`request.…\`, \`session.missing\`, \`permission.missing\`, \`thing.not_found\` or \`server.…\`; the lists below name what an endpoint adds. See [Refusals](./refusals).`,
    ...Object.entries(areas).flatMap(([area, list]) => [
      `## ${area}`,
      ...list.flatMap(([name, endpoint]) => endpointSection(name, endpoint)),
    ]),
  )
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
function byPath([, a]: [string, Endpoint], [, b]: [string, Endpoint]): number {
  return a.path.localeCompare(b.path) || METHODS.indexOf(a.method) - METHODS.indexOf(b.method)
}

function areaOfPath(path: string): string {
  if (/^\/(site|me|session|activations|password-reset)\b/.test(path)) return 'Accounts'
  if (/\/(exchanges|notifications)\b/.test(path)) return 'Logs'
  if (/^\/application/.test(path)) return 'Applications'
  if (/^\/staff\b/.test(path)) return 'Operator console'
  if (/^\/wallet\b/.test(path)) return 'Test Wallet'
  return 'Others'
}

function endpointSection(name: string, endpoint: Endpoint): string[] {
  const part = (title: string, schema: z.ZodType, io: 'input' | 'output') => {
    const rows = fieldRows(jsonSchema(schema, io))
    const head = ['Field', 'Type', 'Required', 'Rules']
    // What an answer holds is always there.
    const columns = io === 'output' ? [0, 1, 3] : [0, 1, 2, 3]
    const pick = (cells: string[]) => columns.map((at) => cells[at] ?? '')
    return rows.length === 0 ? [] : [`${title}:`, table(pick(head), rows.map(pick))]
  }
  const returned = part('Returns', endpoint.returns, 'output')
  return [
    `### ${name}`,
    `\`${endpoint.method} /api${endpoint.path}\``,
    endpoint.summary,
    `Needs: ${needText(endpoint.needs)}.`,
    ...part('In the path', endpoint.params, 'input'),
    ...part('In the query', endpoint.query, 'input'),
    ...part('Body', endpoint.body, 'input'),
    ...(returned.length > 0 ? returned : ['Returns an empty object.']),
    ...(endpoint.refusals.length > 0
      ? [`Refusals: ${endpoint.refusals.map((code) => `[\`${code}\`](./refusals#${areaOf(code)})`).join(', ')}.`]
      : []),
  ]
}

function needText(need: Need): string {
  if (need === 'nobody') return 'no session'
  if (need === 'session') return 'a session'
  return `${roles.permissionTitle(need)} (\`${need}\`)`
}

function schedulePage(): string {
  const ladder = (seconds: readonly number[]) => {
    let total = 0
    return seconds.map((wait, index) => {
      total += wait
      return [String(index + 1), wait === 0 ? 'at once' : duration(wait), total === 0 ? '' : duration(total)]
    })
  }
  return page(
    'Notification schedule',
    'When a notification is sent, and why an answer did not acknowledge it. How to receive notifications: [Notifications](../guide/notifications).',
    '## Attempts',
    table(['Attempt', 'Wait before it', 'Since the first'], ladder(NOTIFICATION_LADDER_SECONDS)),
    'A sandbox may run these waits faster by a clock factor that its operator sets: with a factor of 60, two minutes take two seconds.',
    '## Faults of an answer',
    'Checked in this order. The first that applies is shown beside the attempt.',
    table(
      ['Fault', 'Meaning'],
      Object.entries(ACKNOWLEDGEMENT_FAULTS).map(([fault, text]) => [`\`${fault}\``, text]),
    ),
    '## Mail',
    'Mail of the center (activation, codes, notices) is tried on a schedule of its own.',
    table(['Attempt', 'Wait before it', 'Since the first'], ladder(MAIL_LADDER_SECONDS)),
  )
}

function vectorsPage(): string {
  const shown = (text: string) => text.replace(/\n$/, '⏎')
  return page(
    'Signature vectors',
    'Messages with their signatures, to test your own code against. The keys were made for these vectors and are used nowhere else. The same vectors as JSON, with the bodies in base64: `test/vectors/signature.json` of the source.',
    'How the bytes are put together: [Signing](../guide/signing).',
    '## Check one with openssl',
    'Save the public key as `key.pem` (between `-----BEGIN PUBLIC KEY-----` and `-----END PUBLIC KEY-----`), the body as `body` without a line feed at its end, and the value after `signature=` as `signature.txt`. Then, for the vector *request*:',
    "```sh\n{ printf 'POST /aps/api/v1/payments/pay\\nSANDBOX_5YC47N2ZQHJ004124.2026-11-23T08:51:49.090Z.'; cat body; } > signed\nsed 's/%2B/+/g; s,%2F,/,g; s/%3D/=/g' signature.txt | tr -d '\\n' | openssl base64 -d -A > signature\nopenssl dgst -sha256 -verify key.pem -signature signature signed\n```",
    '## Keys',
    ...Object.entries(vectors.keys).flatMap(([name, key]) => [
      `### Public key of the ${name}`,
      `\`\`\`text\n${key.publicKey}\n\`\`\``,
    ]),
    ...(['verified', 'refused'] as const).flatMap((expect) => [
      expect === 'verified' ? '## Vectors that verify' : '## Vectors that must be refused',
      ...vectors.vectors
        .filter((vector) => vector.expect === expect)
        .flatMap((vector) => [
          `### ${vector.id}`,
          `${vector.about} Key of the ${vector.key}.`,
          'What stands before the body:',
          `\`\`\`text\n${vector.method} ${vector.uri}\n${vector.clientId}.${vector.time}.\n\`\`\``,
          vector.body === '' ? 'The body is empty.' : 'Body:',
          ...(vector.body === '' ? [] : [`\`\`\`text\n${shown(vector.body)}\n\`\`\``]),
          'Signature header:',
          `\`\`\`text\n${vector.header}\n\`\`\``,
        ]),
    ]),
  )
}

function limitsPage(): string {
  const rows = (values: object) =>
    Object.entries(values).map(([key, value]: [string, unknown]) => [words(key), measure(key, value)])
  const single = Object.entries(limits).filter(([, value]) => typeof value !== 'object')
  const groups = Object.entries(limits).filter(([, value]) => typeof value === 'object')
  return page(
    'Limits',
    'Every number of the center. All of them are fixed in this release, except where [Settings](./settings) has a factor.',
    ...groups.flatMap(([name, values]) => [
      `## ${LIMIT_TITLES[name] ?? words(name)}`,
      table(['Limit', 'Value'], rows(values as object)),
    ]),
    '## Others',
    table(
      ['Limit', 'Value'],
      single.map(([name, value]) => [LIMIT_TITLES[name] ?? words(name), measure(name, value)]),
    ),
  )
}

const LIMIT_TITLES: Record<string, string> = {
  ARGON2: 'Password hash (argon2id)',
  SIGN_IN: 'Logging in',
  SESSION: 'Sessions',
  RESET: 'Password reset',
  APPLICATION: 'Applications',
  PARTNER: 'Partners',
  KEY: 'Public keys',
  CONSOLE: 'Console API',
  GATEWAY: 'Gateway',
  OUTGOING: 'Calls to partners',
  PAGE: 'Pages of a list',
  PASSWORD: 'Passwords',
  ACTIVATION_SECONDS: 'An activation link lives',
  TRIAL_SECONDS: 'A trial lasts',
  KNOWN_BROWSER_SECONDS: 'A browser is known for',
  CASHIER_EXPIRY_SECONDS: 'A cashier order lives',
  PERSON_NAME_MAX: "Characters of a person's name",
  EMAIL_MAX: 'Characters of an e-mail address',
  URL_MAX: 'Characters of a URL',
}

function settingsPage(): string {
  return page(
    'Settings',
    'Environment variables of the server. They are read once, at the start; a wrong value stops the start, and all wrong values are named at once.',
    table(
      ['Variable', 'If not set', 'Meaning'],
      Object.entries(SETTINGS).map(([name, [fallback, meaning]]) => [
        `\`${name}\``,
        fallback === '' ? 'empty' : `\`${fallback}\``,
        meaning,
      ]),
    ),
  )
}

// ── schemas as rows ─────────────────────────────────────────────────────────────────────────────────────────────────────

type Json = z.core.JSONSchema.BaseSchema

/** JSON Schema knows no refinements; their messages are our rules in words, and become the description. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    override({ zodSchema, jsonSchema }) {
      const messages = messagesOf(zodSchema)
      if (messages.length > 0) jsonSchema.description = messages.join('; ')
    },
  }) as Json
}

/** What the checks of a schema say, and of what its value is piped into. */
function messagesOf(schema: z.core.$ZodType): string[] {
  const { def } = schema._zod as { def: z.core.$ZodTypes['_zod']['def'] }
  const own = (def.checks ?? []).map((check) => messageOf(check._zod.def))
  if (def.type === 'enum' || (def.type === 'string' && 'format' in def)) own.push(messageOf(def))
  const piped = def.type === 'pipe' ? [...messagesOf(def.in), ...messagesOf(def.out)] : []
  return [...new Set([...own.filter((text) => text !== undefined), ...piped])]
}

function messageOf(def: { error?: unknown }): string | undefined {
  if (typeof def.error !== 'function') return undefined
  const message: unknown = def.error({})
  return typeof message === 'string' ? message.replace(/^must be /, '').replace(/^must not be /, 'not ') : undefined
}

function fieldRows(schema: Json, path = ''): string[][] {
  const shape = withoutNull(schema)
  if (shape.type === 'array' && typeof shape.items === 'object' && !Array.isArray(shape.items)) {
    return fieldRows(shape.items as Json, `${path}[]`)
  }
  return Object.entries(shape.properties ?? {}).flatMap(([name, child]) => {
    if (typeof child === 'boolean') return []
    const field = path === '' ? name : `${path}.${name}`
    const required = shape.required?.includes(name) === true ? 'yes' : 'no'
    return [[`\`${field}\``, typeText(child), required, rulesText(child)], ...fieldRows(child, field)]
  })
}

function withoutNull(schema: Json): Json {
  const real = schema.anyOf?.filter((choice) => typeof choice === 'object' && choice.type !== 'null')
  return (real?.length === 1 ? real[0] : schema) as Json // one choice besides null, or the schema itself
}

function typeText(schema: Json): string {
  const inner = withoutNull(schema)
  const orNull = inner === schema ? '' : ' or null'
  if (inner.type === 'array' && typeof inner.items === 'object')
    return `list of ${typeText(inner.items as Json)}${orNull}`
  if (inner.enum !== undefined) return `${inner.enum.map((value) => `\`${String(value)}\``).join(', ')}${orNull}`
  return `${inner.type === undefined ? 'any' : [inner.type].flat().join(' or ')}${orNull}`
}

function rulesText(schema: Json): string {
  const inner = withoutNull(schema)
  const items = inner.type === 'array' && typeof inner.items === 'object' ? (inner.items as Json) : undefined
  const rules: (string | undefined)[] = [inner.description]
  if (inner.format === 'date-time' && inner.description === undefined) rules.push('ISO 8601 in UTC, milliseconds')
  if (inner.format === 'email' && inner.description === undefined) rules.push('an e-mail address')
  if (inner.minLength !== undefined && inner.minLength > 0) rules.push(`at least ${inner.minLength} characters`)
  if (inner.maxLength !== undefined) rules.push(`at most ${inner.maxLength} characters`)
  if (inner.minItems !== undefined && inner.description === undefined) rules.push(`at least ${inner.minItems}`)
  if (inner.maxItems !== undefined) rules.push(`at most ${inner.maxItems}`)
  if (inner.minimum !== undefined) rules.push(`from ${inner.minimum}`)
  if (inner.maximum !== undefined && inner.maximum < Number.MAX_SAFE_INTEGER) rules.push(`up to ${inner.maximum}`)
  if (inner.default !== undefined) rules.push(`${JSON.stringify(inner.default)} if left out`)
  if (items !== undefined && items.type === 'string') rules.push(rulesText(items))
  return rules.filter((rule) => rule !== undefined && rule !== '').join('; ')
}

// ── words and tables ────────────────────────────────────────────────────────────────────────────────────────────────────

function page(title: string, ...blocks: string[]): string {
  return `${['---\neditLink: false\n---', `# ${title}`, ...blocks].join('\n\n')}\n`
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** `idleSeconds` → `Idle`; the unit moves to the value. */
function words(key: string): string {
  const text = key
    .replace(/(Seconds|Ms|Bytes|KiB)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/ ?\b(min|max)\b ?/, (_, side: string) => (side === 'min' ? ', at least ' : ', at most '))
    .replace(/^, (at least|at most) (.*)$/, '$2, $1')
    .replace(/\b(url|json|nda)\b/g, (word) => word.toUpperCase())
    .replace(/^, /, '')
    .trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function measure(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  const amount = Number(value)
  if (/seconds$/i.test(key)) return duration(amount)
  if (/Ms$/.test(key)) return duration(amount / 1000)
  if (/Bytes$/.test(key)) return `${amount.toLocaleString('en')} bytes`
  if (/KiB$/.test(key)) return `${amount.toLocaleString('en')} KiB`
  return amount.toLocaleString('en', { useGrouping: amount !== 65_537 })
}

function duration(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const
  const parts: string[] = []
  let rest = seconds
  for (const [unit, size] of units) {
    // Three days and less read better in hours.
    if (unit === 'day' && seconds < 4 * size) continue
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  return parts.join(' ')
}

// ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

function write(): void {
  mkdirSync(folder, { recursive: true })
  for (const stranger of strangers()) rmSync(folder + stranger)
  for (const [name, text] of Object.entries(pages)) writeFileSync(folder + name, text)
  console.log(`docs/reference: ${Object.keys(pages).length} pages written.`)
}

function check(): void {
  const stale = Object.entries(pages)
    .filter(([name, text]) => readOrNothing(folder + name) !== text)
    .map(([name]) => name)
  const wrong = [...stale, ...strangers()]
  if (wrong.length === 0) {
    console.log('docs/reference is up to date.')
    return
  }
  console.error(`docs/reference is stale: ${wrong.join(', ')}. Run "npm run docs:reference" and commit the result.`)
  process.exitCode = 1
}

/** Pages that nothing generates any more. */
function strangers(): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md') && !(name in pages))
  } catch {
    return []
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const pages: Record<string, string> = {
  'roles-and-permissions.md': rolesPage(),
  'gateway-api.md': gatewayApiPage(),
  'result-codes.md': resultCodesPage(),
  'refusals.md': refusalsPage(),
  'console-api.md': consoleApiPage(),
  'notification-schedule.md': schedulePage(),
  'signature-vectors.md': vectorsPage(),
  'limits.md': limitsPage(),
  'settings.md': settingsPage(),
}

if (process.argv.includes('--check')) check()
else write()
