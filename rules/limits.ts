/** Every number of the product: lengths, lifetimes, quotas. Units stand in the names. */

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const PASSWORD = { minLength: 15, maxLength: 128 } as const

export const ARGON2 = { memoryKiB: 19_456, passes: 2, lanes: 1 } as const

/** Guessing: so many password checks, then none until the window has passed without one. */
export const SIGN_IN = { triesPerWindow: 10, windowSeconds: 30 * MINUTE, consecutiveFailures: 100 } as const

export const SESSION = { idleSeconds: 30 * MINUTE, absoluteSeconds: 12 * HOUR, touchSeconds: 1 } as const

export const KNOWN_BROWSER_SECONDS = 180 * DAY

export const ACTIVATION_SECONDS = 72 * HOUR

export const RESET = {
  digits: 6,
  codeSeconds: 10 * MINUTE,
  triesPerCode: 5,
  resendSeconds: 60,
  /** After the code was entered: the time to choose the new password. */
  passwordSeconds: 10 * MINUTE,
  perHour: 3,
  perDay: 10,
  hourSeconds: HOUR,
  daySeconds: DAY,
} as const

export const TRIAL_SECONDS = 90 * DAY

export const APPLICATION = {
  nameMin: 3,
  nameMax: 64,
  descriptionMax: 1000,
  perPartner: 100,
} as const

export const PARTNER = { nameMin: 2, nameMax: 100, ndaAddressesMax: 20 } as const

export const PERSON_NAME_MAX = 100
export const EMAIL_MAX = 254

export const KEY = { minBits: 2048, maxBits: 4096, exponent: 65537n, pastedMax: 10_000 } as const

export const URL_MAX = 2048

/** The console API. */
export const CONSOLE = {
  bodyBytes: 1_000_000,
  jsonDepth: 32,
  requestsPerMinute: 600,
  anonymousPerMinute: 120,
} as const

/** The gateway. A client's refused calls are rationed apart from its good ones: anyone who knows a Client-Id can cause them. */
export const GATEWAY = {
  bodyBytes: 256_000,
  perSecondPerClient: 2000,
  refusedPerSecondPerClient: 50,
} as const

/** Outgoing calls to partners. */
export const OUTGOING = {
  attemptMs: 5000,
  headerBytes: 16_384,
  answerBytes: 65_536,
  connectionsPerEndpoint: 4,
  ports: [443, 8443],
} as const

/** A cashier order lives ten minutes; a longer wish is cut to that. */
export const CASHIER_EXPIRY_SECONDS = 10 * MINUTE

export const PAGE = { size: 50, max: 100 } as const
