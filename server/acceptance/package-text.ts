/**
 * The text of an evidence package: one record a line, each a flat JSON object of strings. `previous` is the SHA-256 of the line before;
 * the last line, the seal, holds the SHA-256 of every field of every record and is signed. So one altered byte is found, and its record
 * and field are named. Decision 0019; the other side is examples/verify-evidence/verify.mjs.
 */
import { createHash } from 'node:crypto'

export type EvidenceRecord = { kind: string; fields: Record<string, string> }

/** `sign` gets the seal line up to its signature. */
export async function packageText(
  records: readonly EvidenceRecord[],
  sign: (text: string) => Promise<string>,
): Promise<string> {
  const lines: string[] = []
  const digests: [string, string][][] = []
  for (const [index, { kind, fields }] of records.entries()) {
    const all = { record: String(index + 1), kind, previous: previousOf(lines), ...fields }
    lines.push(JSON.stringify(all))
    digests.push(Object.entries(all).map(([name, value]) => [name, sha256(JSON.stringify(value))]))
  }
  const seal = { record: String(records.length + 1), kind: 'seal', previous: previousOf(lines) }
  const signed = JSON.stringify({ ...seal, digests: JSON.stringify(digests) }).slice(0, -1)
  lines.push(`${signed},"signature":${JSON.stringify(await sign(signed))}}`)
  return `${lines.join('\n')}\n`
}

const previousOf = (lines: readonly string[]) => {
  const last = lines.at(-1)
  return last === undefined ? '' : sha256(last)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
