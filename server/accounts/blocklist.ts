/**
 * Passwords that must not be chosen: common ones, ones about the person, and, if the operator has such a file, ones that are known
 * from breaches. Works without a network.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { guessableParts } from '../../rules/guessing.ts'

export type Blocklist = {
  /** Why this password is refused, or undefined. */
  why(password: string, about: readonly string[]): Promise<string | undefined>
}

/** Words that belong to the product, whoever runs it. */
const CONTEXT = [
  'slipway',
  'developer',
  'merchant',
  'onboarding',
  'admin',
  'payment',
  'wallet',
  'sandbox',
  'password',
  'passphrase',
]

/** `breachedHashes`: a file of SHA-1 hashes in hex, one on each line, sorted; what follows a colon is ignored. Empty: none. */
export function newBlocklist(networkName: string, breachedHashes: string): Blocklist {
  return {
    async why(password, about) {
      const parts = guessableParts(password, [...CONTEXT, networkName, ...about], await commonPasswords())
      if (parts !== undefined && parts.length > 0)
        return `It is made of parts that are easy to guess: ${parts.join(', ')}.`
      if (parts !== undefined) return 'It is made of too few different characters.'
      if (breachedHashes !== '' && (await isInSortedFile(breachedHashes, sha1(password))))
        return 'It is known from a breach of another site.'
      return undefined
    },
  }
}

let common: Promise<ReadonlySet<string>> | undefined

/** Read when somebody first chooses a password: most processes never need it. */
const commonPasswords = () => {
  common ??= readCommon()
  return common
}

async function readCommon(): Promise<ReadonlySet<string>> {
  const file = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json')
  return new Set(JSON.parse(await readFile(file, 'utf8')) as string[]) // a list of words in a package that is pinned
}

/** SHA-1 because that is how lists of breached passwords are published; nothing of ours rests on it. */
const sha1 = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase()

const WINDOW = 256 // longer than two lines

/** Binary search by position: such files have a billion lines. */
async function isInSortedFile(path: string, hash: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    let low = 0
    let high = (await file.stat()).size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const line = await lineFrom(file, middle)
      if (line.text === hash) return true
      if (line.text !== '' && line.text < hash) low = line.end
      else high = middle
    }
    return (await lineFrom(file, low)).text === hash
  } finally {
    await file.close()
  }
}

/** The first whole line that begins at or after the position, and where the next one begins. */
async function lineFrom(file: FileHandle, position: number): Promise<{ text: string; end: number }> {
  const from = Math.max(0, position - 1)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(WINDOW), 0, WINDOW, from)
  const text = buffer.toString('latin1', 0, bytesRead)
  const begin = position === 0 ? 0 : text.indexOf('\n') + 1
  if (position > 0 && begin === 0) return { text: '', end: from + bytesRead }
  const newline = text.indexOf('\n', begin)
  const end = newline === -1 ? bytesRead : newline
  const line = text.slice(begin, end).split(':')[0]?.trim().toUpperCase() ?? ''
  return { text: line, end: from + end + 1 }
}
