/** Passwords: the length rule, and argon2id behind a bounded queue. */
import { hash as argon2hash, verify as argon2verify } from '@node-rs/argon2'
import { ARGON2, PASSWORD } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'

const PARAMETERS = {
  algorithm: 2, // argon2id: the binding's enum has no run-time value
  memoryCost: ARGON2.memoryKiB,
  timeCost: ARGON2.passes,
  parallelism: ARGON2.lanes,
}
const PREFIX = `$argon2id$v=19$m=${ARGON2.memoryKiB},t=${ARGON2.passes},p=${ARGON2.lanes}$`

/** Past two seconds of work a caller is better told to come back. */
const LONGEST_QUEUE = 120
let waiting = 0 // counts the calls that are inside the thread pool of this process

/** Compared as it was sent, after one fixed normalisation: the same letters from two keyboards are the same password. */
const normalised = (password: string) => password.normalize('NFC')

/** The rule: 15 to 128 characters, counted in code points. Nothing about their kind. */
export function ensureLength(password: string): void {
  const length = [...normalised(password)].length
  const fields = (message: string) => ({ fields: [{ path: 'password', message }] })
  if (length < PASSWORD.minLength) {
    throw new Refusal(
      'account.password_too_short',
      fields(`at least ${PASSWORD.minLength} characters, these are ${length}`),
    )
  }
  if (length > PASSWORD.maxLength) {
    throw new Refusal(
      'account.password_too_long',
      fields(`at most ${PASSWORD.maxLength} characters, these are ${length}`),
    )
  }
}

/** A hash with a salt of its own and the parameters written into it. */
export function hashSecret(secret: string): Promise<string> {
  return bounded(() => argon2hash(normalised(secret), PARAMETERS))
}

/**
 * Checks a secret. Without a stored hash it works just as long on a hash that nothing matches, so that the time does not tell
 * whether there is an account.
 */
export async function verifySecret(stored: string | null | undefined, secret: string): Promise<boolean> {
  const against = stored ?? (await decoy())
  const matches = await bounded(() => argon2verify(against, normalised(secret)))
  return matches && stored !== null && stored !== undefined
}

/** The parameters have changed since this hash was made: make it anew at the next log-in. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(PREFIX)
}

let decoyHash: Promise<string> | undefined // made once; it holds no secret
function decoy(): Promise<string> {
  decoyHash ??= argon2hash('a password that nobody has', PARAMETERS)
  return decoyHash
}

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= LONGEST_QUEUE) throw new Refusal('server.busy', { retryAfterSeconds: 2 })
  waiting++
  try {
    return await work()
  } finally {
    waiting--
  }
}
