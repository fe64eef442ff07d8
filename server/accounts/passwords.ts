/** Passwords: the rule for new ones, and argon2id behind a bounded queue. */
import { availableParallelism } from 'node:os'
import { hash as argon2hash, verify as argon2verify } from '@node-rs/argon2'
import { ARGON2, PASSWORD } from '../../rules/limits.ts'
import { Refusal, type RefusalCode } from '../../rules/refusals.ts'
import type { Blocklist } from './blocklist.ts'

export type HashCost = { memoryKiB: number; passes: number; lanes: number }

/** Past two seconds of work a caller is better told to come back. */
const LONGEST_QUEUE = 120

/** More at once would not be done sooner, but would keep signatures and everybody else waiting: they share threads and cores. */
const AT_ONCE = Math.min(2, availableParallelism())

export type Passwords = {
  /**
   * The rule for a new password: 15 to 128 code points, nothing about their kind, not guessable, not known from a breach. `about`
   * are words that a guesser would try for this person. `field` is how the form knows the value.
   */
  ensureAcceptable(password: string, about: readonly string[], field?: string): Promise<void>
  /** A hash with a salt of its own and the parameters written into it. */
  hash(secret: string): Promise<string>
  /**
   * Checks a secret. Without a stored hash it works just as long on a hash that nothing matches, so that the time does not tell
   * whether there is an account.
   */
  verify(stored: string | null | undefined, secret: string): Promise<boolean>
  /** The parameters have changed since this hash was made: make it anew at the next log-in. */
  isOutdated(stored: string): boolean
}

/** One for each process: it owns the queue in front of the thread pool. */
export function newPasswords(blocklist: Blocklist, { memoryKiB, passes, lanes }: HashCost = ARGON2): Passwords {
  const bounded = newQueue()
  const parameters = {
    algorithm: 2, // argon2id: the binding's enum has no run-time value
    memoryCost: memoryKiB,
    timeCost: passes,
    parallelism: lanes,
  }
  const hash = (secret: string) => bounded(() => argon2hash(normalised(secret), parameters))
  // Made at once, not at the first unknown address: that one would take twice as long.
  const decoy = argon2hash('a password that nobody has', parameters)
  return {
    async ensureAcceptable(password, about, field = 'password') {
      ensureLength(password, field)
      const why = await blocklist.why(normalised(password), about)
      if (why !== undefined) throw refused('account.password_guessable', field, why)
    },
    hash,
    async verify(stored, secret) {
      const against = stored ?? (await decoy)
      const matches = await bounded(() => argon2verify(against, normalised(secret)))
      return matches && stored !== null && stored !== undefined
    },
    isOutdated: (stored) => !stored.startsWith(`$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$`),
  }
}

/** Works off a few at once, in the order of arrival; refuses what would have to wait too long. */
function newQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= LONGEST_QUEUE) throw new Refusal('server.busy', { retryAfterSeconds: 2 })
      // Whoever ends hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** Compared as it was sent, after one fixed normalisation: the same letters from two keyboards are the same password. */
const normalised = (password: string) => password.normalize('NFC')

function ensureLength(password: string, field: string): void {
  const length = [...normalised(password)].length
  if (length < PASSWORD.minLength) {
    throw refused('account.password_too_short', field, `at least ${PASSWORD.minLength} characters, these are ${length}`)
  }
  if (length > PASSWORD.maxLength) {
    throw refused('account.password_too_long', field, `at most ${PASSWORD.maxLength} characters, these are ${length}`)
  }
}

function refused(code: RefusalCode, path: string, message: string): Refusal {
  return new Refusal(code, { fields: [{ path, message }] })
}
