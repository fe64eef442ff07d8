import type * as z from 'zod'
import { CONSOLE_HEADER, type Endpoint, type Need, PARTNER_HEADER } from '../../contract/endpoint.ts'
import { FileAnswer, FileBody } from '../../contract/wire.ts'
import { endpoints } from '../../contract/index.ts'
import * as roles from '../../rules/roles.ts'
import { areaOf } from './refusals.ts'
import { fieldRows, jsonSchema } from './schemas.ts'
import { page, table } from './text.ts'

export function consoleApiPage(): string {
  const areas: Record<string, [string, Endpoint][]> = {}
  for (const [name, endpoint] of Object.entries(endpoints).sort(byPath)) {
    const area = areaOfPath(endpoint.path)
    areas[area] = [...(areas[area] ?? []), [name, endpoint]]
  }
  return page(
    'Console API',
    'The calls that the console makes, under `/api`, with the session cookie of the browser. It serves the console of the same release; the API for your systems is the signed gateway.',
    `- Bodies and answers are JSON. Unknown fields are refused.\n- Every call that changes something carries the header \`${CONSOLE_HEADER}\` and comes from the center's own origin.\n- A call may name the organisation that it means, by its id in the header \`${PARTNER_HEADER}\`. Where the session has gone on in another one, it is refused with \`session.other_organisation\`; logging in and out, switching, and other changes of what is the person's own are not.\n- What is not yours is not found: it is answered with \`thing.not_found\`.\n- Any call may be refused with \`request.…\`, \`session.missing\`, \`permission.missing\`, \`thing.not_found\` or \`server.…\`; the lists below name what an endpoint adds. See [Refusals](./refusals).`,
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
  if (/\/merchant/.test(path)) return 'Merchants'
  if (/\/(production|uat)\b/.test(path)) return 'Production'
  if (/\/launch/.test(path)) return 'Launch'
  if (/^\/registry\b/.test(path)) return 'Registry'
  if (/\/(exchanges|notifications|notification-(endpoints|resends))\b/.test(path)) return 'Logs'
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
    ...(endpoint.body === FileBody
      ? ['Body: the bytes of the file, as `application/octet-stream`.']
      : part('Body', endpoint.body, 'input')),
    ...(returned.length > 0
      ? returned
      : [endpoint.returns === FileAnswer ? 'Returns a file.' : 'Returns an empty object.']),
    ...(endpoint.refusals.length > 0
      ? [`Refusals: ${endpoint.refusals.map((code) => `[\`${code}\`](./refusals#${areaOf(code)})`).join(', ')}.`]
      : []),
  ]
}

function needText(need: Need): string {
  if (need === 'nobody') return 'no session'
  if (need === 'session') return 'a session'
  if (need === 'registry') return 'the token of the registry API (`SLIPWAY_REGISTRY_TOKEN`), and no session'
  if (need === 'relay') return 'the token of a relay (sandbox settings), and no session'
  return `${roles.permissionTitle(need)} (\`${need}\`)`
}
