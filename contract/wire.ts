/** How values look in the JSON of the console API. */
import * as z from 'zod'
import { EMAIL_MAX, PAGE, PERSON_NAME_MAX } from '../rules/limits.ts'

/** A moment: ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })

/** An id of ours: a prefix that names the kind, and a UUIDv7. */
export const Id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), `an id that begins with ${prefix}_`)

// Control characters, and the invisible ones that make two names look alike.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** One line of text for people: trimmed, without control or invisible characters, counted in code points. */
export const Line = (min: number, max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .refine((text) => [...text].length >= min && [...text].length <= max, `between ${min} and ${max} characters`)
    .refine((text) => !HIDDEN.test(text), 'no control or invisible characters')

/** Several lines of text: as a line, but with line breaks. */
export const Text = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .refine((text) => [...text].length <= max, `at most ${max} characters`)
    .refine((text) => !HIDDEN.test(text.replace(/[\n\r\t]/g, '')), 'no control or invisible characters')

export const PersonName = Line(1, PERSON_NAME_MAX)

/** An e-mail address. Kept as it was written, compared without regard to case. */
export const Email = z.string().trim().max(EMAIL_MAX).pipe(z.email('an e-mail address such as name@example.com'))

export const PAGE_LIMIT = z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.size)

/** A page of a list: ask for the next with `cursor`. */
export const PageQuery = {
  cursor: z
    .string()
    .regex(/^[a-z]{3}_[0-9a-f]{32}$/, 'the nextCursor of the page before')
    .optional(),
  limit: PAGE_LIMIT,
}
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** An answer that says nothing but "done". */
export const Done = z.object({})

/** An answer that is a file to save instead of JSON. Content that comes in pieces is sent piece by piece. */
export type FileAnswer = { name: string; type: string; content: string | Uint8Array | AsyncIterable<string> }
export const FileAnswer = z
  .custom<FileAnswer>((value) => typeof value === 'object' && value !== null && 'content' in value)
  .describe('a file to save')

/** A body that is a file instead of JSON: its bytes as they are, as application/octet-stream, of at most UPLOAD.bytes. */
export const FileBody = z.custom<Uint8Array>((value) => value instanceof Uint8Array).describe('the bytes of the file')
