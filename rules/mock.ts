/**
 * iMock: result codes that a sandbox gives because somebody asked for them, and not because of what was called. Only calls that carry
 * its three headers are answered so. Stated for partners in docs/guide/tools.md.
 */
import { type Family, families, GATEWAY_APIS } from './interfaces.ts'
import { RESULTS, type ResultCode, resultCodes } from './results.ts'

/** `basic`: one code per interface. `advanced`: a code where a field of the request has a value. */
export const MOCK_MODES = ['basic', 'advanced'] as const
export type MockMode = (typeof MOCK_MODES)[number]

export const MOCK_MINUTES = [30, 60, 90, 120] as const

/** The interfaces of both families, each name once. */
export const mockableApis = [...new Set(families.flatMap((family: Family): string[] => [...GATEWAY_APIS[family]]))]

/** What can be forced: a success is what a call brings about by itself, and cannot be made up. */
export const mockableCodes = resultCodes.filter((code) => RESULTS[code][0] !== 'S') as [ResultCode, ...ResultCode[]] // there are many

export type MockRule = { api: string; field: string | null; value: string | null; resultCode: ResultCode }

/** Names between full stops; a number is a place in a list. */
export const MOCK_FIELD = /^\w{1,64}(\.\w{1,64}){0,7}$/

/** Public clients send the letter O or the digit 0. */
export function asksForMock(header: (name: string) => string | undefined): boolean {
  return header('loadmode') === '2' && header('markuid') === '0A' && /^[O0]$/.test(header('instmock') ?? '')
}

/** The headers that a client has to send. */
export const MOCK_HEADERS = { loadmode: '2', markuid: '0A', instmock: 'O' } as const

/** The first rule that fits a call; undefined where it is answered as ever. */
export function ruleFor(rules: readonly MockRule[], api: string, body: unknown): MockRule | undefined {
  return rules.find((rule) => rule.api === api && (rule.field === null || valueAt(body, rule.field) === rule.value))
}

/** The value of a field as text, as rules name it; undefined where there is none, or something with parts. */
function valueAt(body: unknown, field: string): string | undefined {
  let at: unknown = body
  for (const name of field.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Record<string, unknown>)[name] // just found there
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? String(at) : undefined
}
