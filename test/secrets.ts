/**
 * Secrets that the tests know, and where they must never be: whatever a test types, is mailed, or keeps in a cookie is noted here, and
 * every center is searched for it when its test ends: logs, every column of its database, every answer it gave.
 */
import { sql } from 'kysely'
import type { Database } from '../server/db/database.ts'
import { TABLES } from '../server/db/schema.ts'

const planted = new Map<string, string>()

/** From now on this text must be found nowhere, in no test of this process. Too short or too plain a text would be found by chance. */
export function plant(kind: string, secret: string | undefined): void {
  if (secret !== undefined && secret.length >= 15 && new Set(secret).size >= 8) planted.set(secret, kind)
}

/** The kinds of the secrets that stand in a text. */
export function secretsIn(text: string): string[] {
  return [...planted].filter(([secret]) => text.includes(secret)).map(([, kind]) => kind)
}

/** The link that a mail carries is for its reader only. Codes are too short: they would be found by chance. */
export function plantFromMail(text: string): void {
  for (const [, token] of text.matchAll(/#([A-Za-z0-9_-]{43})\b/g)) plant('token of a link', token)
}

/** Where a secret was found, table by table, and in the log. */
export async function searchCenter(database: Database, logLines: readonly string[]): Promise<string[]> {
  const found = secretsIn(logLines.join('\n')).map((kind) => `${kind} in the log`)
  for (const table of Object.keys(TABLES)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
      database.reader as never,
    ) // it runs any read
    const text = rows.map((row) => Object.values(row).map(readable).join('\n')).join('\n')
    found.push(...secretsIn(text).map((kind) => `${kind} in ${table}`))
  }
  return found
}

function readable(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value)
}
