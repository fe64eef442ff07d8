/** Every number of the product: lengths, lifetimes, quotas. Units stand in the names. */

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `leastEffort`: what must be left of a password once its common parts are taken for what they are worth. */
export const PASSWORD = { minLength: 15, maxLength: 128, commonPartWorth: 4, leastEffort: 12 } as const

export const ARGON2 = { memoryKiB: 19_456, passes: 2, lanes: 1 } as const

/**
 * Guessing: so many password checks, then none until the window has passed without one. Failures are counted in a row until none has
 * come for `inARowSeconds`: what strangers try at addresses that nobody has must not be kept for ever.
 */
export const SIGN_IN = {
  triesPerWindow: 10,
  windowSeconds: 30 * MINUTE,
  consecutiveFailures: 100,
  inARowSeconds: 365 * DAY,
} as const

/** Idle and absolute are defaults: the operator sets them. `warnSeconds` before the end the console says so. */
export const SESSION = {
  idleSeconds: 30 * MINUTE,
  absoluteSeconds: 12 * HOUR,
  touchSeconds: 1,
  warnSeconds: 2 * MINUTE,
} as const

/** So long after the password was entered, an action that asks for a fresh proof is open. */
export const PROOF_SECONDS = 5 * MINUTE

/** The link that makes the first staff account. */
export const STARTUP_SECONDS = 24 * HOUR

export const INVITATION = {
  seconds: 3 * DAY,
  perBatch: 10,
  perDay: 100,
  perAddressAndDay: 5,
  ofAllPerAddressAndDay: 20,
  daySeconds: DAY,
} as const

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

/** A trial is extended by so many days at a time; `warnSeconds` before its end everybody concerned is told. */
export const TRIAL = { extendDaysMax: 180, warnSeconds: 14 * DAY, reasonMin: 3, reasonMax: 300 } as const

export const APPLICATION = {
  nameMin: 3,
  nameMax: 64,
  descriptionMax: 1000,
  /** A deletion can be taken back for so long; then everything under the application goes. */
  restorableSeconds: 30 * DAY,
  perPartner: 100,
} as const

export const PARTNER = { nameMin: 2, nameMax: 100, ndaAddressesMax: 20 } as const

export const PERSON_NAME_MAX = 100
export const EMAIL_MAX = 254

export const KEY = { minBits: 2048, maxBits: 4096, exponent: 65537n, pastedMax: 10_000 } as const

export const URL_MAX = 2048

export const LOGO_BYTES = 100_000

/** Every connection. Slow ones are looked for every `checkEveryMs`. */
export const HTTP = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkEveryMs: 2000,
  headers: 100,
  urlChars: 8192,
} as const

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
  refusedBytesPerSecondPerClient: 10_000,
  refusedBytesAtOncePerClient: 2_000_000,
} as const

/** In how many parts a payment can be given back: each inquiry lists them all. */
export const REFUND = { perPayment: 100 } as const

/** Outgoing calls to partners. */
export const OUTGOING = {
  attemptMs: 5000,
  resolveMs: 2000,
  headerBytes: 16_384,
  answerBytes: 65_536,
  connectionsPerEndpoint: 4,
  waitingPerEndpoint: 12,
  idleMs: 10_000,
  ports: [443, 8443],
} as const

/**
 * Work that is done after the fact: notifications, mail, events. `perLane` counts what is taken up for one endpoint, of which
 * `connectionsPerEndpoint` (above) are under way; the rest is next in line. All of it together must be over before its lease is.
 */
export const OUTBOX = { leaseSeconds: 30, places: 1024, perTopic: 50, perLane: 16, perTenant: 128 } as const

/** Attempts that the notification log shows: the newest so many of a notification, and of a page of notifications all together. */
export const ATTEMPTS_SHOWN = { perNotification: 100, perPage: 1000 } as const

/**
 * Endpoints that do not acknowledge. After so many notifications in a row that used up all their attempts, an endpoint is paused; what
 * waits is looked at again every `holdSeconds`, or at once when somebody resumes it. Mails about failures are rationed.
 */
export const ENDPOINT = {
  pauseAfter: 5,
  holdSeconds: DAY,
  mailsPerDay: 1,
  mailsPerApplicationAndDay: 5,
  daySeconds: DAY,
  shown: 20,
} as const

/** Notifications that are sent again by hand: one at a time, or all that match a filter, the oldest first. */
export const RESEND = {
  perHour: 300,
  mostAtOnce: 1000,
  allPerHour: 10,
  hourSeconds: HOUR,
  keyMin: 8,
  keyMax: 64,
  /** A resend that has not ended by then is stuck, and holds no other up. */
  longestSeconds: HOUR,
} as const

/** An order lives so long, by family, where nothing else is wished; a longer wish is cut to ten minutes. */
export const ORDER_EXPIRY = { apsSeconds: 10 * MINUTE, amsSeconds: 14 * MINUTE, wishSeconds: 10 * MINUTE } as const

/** What the Test Wallet shows to a merchant: 24 digits, for one minute, once. */
export const PAYMENT_CODE = { digits: 24, seconds: MINUTE, perMinute: 30 } as const

/** Agreements of Auto Debit, by the clock of the sandbox: to agree, to turn the code into tokens, and how long those live. */
export const AGREEMENT = {
  askSeconds: 10 * MINUTE,
  codeSeconds: 10 * MINUTE,
  accessSeconds: 30 * DAY,
  refreshSeconds: 365 * DAY,
  shown: 20,
} as const

/** Merchants of an application. An invitation lives a fortnight: shops answer more slowly than colleagues. */
export const MERCHANT = {
  nameMax: 100,
  midMax: 64,
  copiesMax: 5,
  perApplication: 10_000,
  invitationSeconds: 14 * DAY,
  invitationsPerDay: 3000,
  perAddressAndDay: 5,
  ofAllPerAddressAndDay: 50,
  daySeconds: DAY,
} as const

/** A file that is sent to the center: a list of merchants. It is read in a thread of its own, within these bounds. */
export const UPLOAD = {
  bytes: 5_000_000,
  rows: 1000,
  columns: 50,
  cellChars: 2000,
  unpackedBytes: 64_000_000,
  entries: 1000,
  ratio: 100,
  memoryMegabytes: 128,
  readMs: 5000,
  atOnce: 2,
  waiting: 8,
} as const

/** A merchant's log-in to the Test Wallet. */
export const WALLET_SESSION = { idleSeconds: 2 * HOUR, absoluteSeconds: 12 * HOUR, touchSeconds: 10 } as const

/** Wallet partners: how long a pairing code is good, and with how many of the other side one application can be joined. */
export const PAIRING = { codeSeconds: DAY, perApplication: 20 } as const

/**
 * A payment whose wallet has not said how it went: the waits before each inquiry, the last one again and again until its time is over.
 * Then, and after a cancel, the wallet is told to cancel, every so often for a day.
 */
export const WALLET_INQUIRY_SECONDS = [2, 2, 3, 3, 5, 5, 5, 5, 5, 10] as const
export const WALLET_CANCEL = { everySeconds: MINUTE, forSeconds: DAY } as const

/** A refund is told to the wallet by the ladder of notifications, then by its last step, for so long. */
export const WALLET_REFUND = { forSeconds: 30 * DAY } as const

/** Questions about private codes, for each acquirer and reader. */
export const PRIVATE_CODES = { perSecond: 5, burst: 20 } as const

/** Orders that the Test Wallet shows as waiting. */
export const WALLET_WAITING = 20

/** The clock of a sandbox can be moved forward only: by so much at a time, and so far from the real time at most. */
export const SANDBOX_CLOCK = { forwardSecondsMax: 400 * DAY, aheadSecondsMax: 3650 * DAY } as const

/** A call is answered too late on purpose after so long, which is past the time-outs that callers are asked to use. */
export const HELD_ANSWER = { writeSeconds: 10, inquirySeconds: 7, atOnce: 200, atOnceOfOne: 20 } as const

/** How long a text to search for may be. */
export const SEARCH_MAX = 100
/** A part of an address is looked for among so many of the newest mails; a whole one is found however old. */
export const SEARCH_DEPTH = 20_000
/**
 * The request log is searched for text in slices of so many calls, so that nobody waits for a search of others, and after so long the
 * search stops and says how far it came.
 */
export const LOG_SEARCH = { sliceRows: 20_000, matches: 500, ms: 4000 } as const

/** Acceptance tests: how many calls are looked at, how long a started case waits, and how late a late notification is. */
export const ACCEPTANCE = {
  calls: 1000,
  /** A larger body is no evidence: no call of ours needs a tenth of it. */
  bodyBytes: 32_768,
  /** Where more has come since somebody looked: so many times that many are judged in one go, and the rest with the next look. */
  windows: 20,
  runSeconds: DAY,
  /** Of one notification so many are looked at, and the first that was acknowledged: people send again as often as they like. */
  attempts: 50,
  lateNotificationSeconds: 10,
  deliveries: 3,
  payersPayments: 200,
  /** Merchants on one page of Test Data, and how many are looked through for it. */
  merchantsOfPage: 20,
  merchantsLookedAt: 200,
} as const

/** What makes us work, or mails people, and is asked for by hand: so many an hour and application. */
export const BY_HAND = { looks: 120, exports: 60, launches: 20, keys: 30, reports: 20, hourSeconds: HOUR } as const

/**
 * Report files. `keptDays` and `sumsKeptDays` are by the clock of the sandbox; a settlement rests on the sums. `pageRows` transactions are
 * read at a time, a piece of a file has some `partChars`; a node makes `atOnce` reports. `patience`: tries, half a second apart, in which payments that are due must
 * be decided.
 */
export const REPORTS = {
  keptDays: 7,
  sumsKeptDays: 14,
  pageRows: 500,
  partChars: 128_000,
  planMs: 15_000,
  atOnce: 2,
  patience: 60,
} as const

/**
 * The SFTP server. Log-ins are rationed by account, by address, and by both together. `queued` requests may wait in one session for
 * their turn; beyond that, and past `unsentBytes`, nothing is read for it any more.
 */
export const SFTP = {
  keyChars: 4000,
  passwordChars: 32,
  connections: 200,
  connectionsPerAddress: 20,
  connectionsPerAccount: 8,
  newPerMinuteAndAddress: 60,
  handshakeMs: 20_000,
  idleMs: 5 * MINUTE * 1000,
  triesPerConnection: 6,
  sessionsPerConnection: 4,
  handles: 32,
  queued: 256,
  readBytes: 32_768,
  unsentBytes: 1_000_000,
  pathChars: 4096,
  tryWindowSeconds: 30 * MINUTE,
  triesPerPair: 10,
  triesPerAddress: 50,
  triesPerAccount: 200,
} as const

/** The proof of a production key: a text to sign. A signature of the longest key is 512 bytes, in base64 with line breaks. */
export const KEY_PROOF = { seconds: 30 * MINUTE, signatureMax: 1000 } as const

/** The Signature Doctor, for each application. A larger body is not looked at: no call of ours is a tenth as large. */
export const DOCTOR = { bodyBytes: 65_536, perSecond: 1, burst: 30, keys: 40, clientIds: 40 } as const

/** Requests to launch: what the network asks to be mended. And why it takes an application off line. */
export const LAUNCH = { remarkMax: 500, remarksMax: 20, offLineReasonMin: 10, offLineReasonMax: 500 } as const

/** iMock: rules of one sandbox, and the longest value that decides. */
export const MOCK = { rulesMax: 50, valueMax: 256 } as const

/**
 * The relay: how long a listener's poll stays open and how many may be open, how many calls one gets at a time, and how many wait for
 * an answer. Who does not poll again within `leaseMs` never got what he was given; between two polls he is believed to be there for
 * `graceMs`. Where another node may answer, the database is looked at every `lookMs`; in an embedded one only a lost word and a lease
 * that is over are looked for, every `aloneLookMs`. The numbers hold for one application and node.
 */
export const RELAY = {
  pollSecondsMax: 25,
  polls: 10,
  callsMax: 16,
  openCalls: 32,
  leaseMs: 1500,
  graceMs: 5000,
  lookMs: 250,
  aloneLookMs: 1000,
  requestsPerMinute: 6000,
  answerHeaders: 100,
  headerNameChars: 256,
  staleSeconds: MINUTE,
} as const

/** Auto Diagnosis: calls at once, how far back, and how many notifications of a payment are looked at. */
export const FINDINGS_PAGE = { calls: 20, daysMax: 7, notifications: 20 } as const

/** iNotify: how late a notification may be made, and how much one sandbox may send. */
export const INOTIFY = {
  bodyMax: 65_536,
  delayMin: 5,
  delayMax: 600,
  perHour: 300,
  hourSeconds: HOUR,
} as const

/**
 * The Test Merchant: how long a throw-away key is taken and how many of one sandbox at once, how much of the log its list of transactions
 * rests on, and how often a partner's server is called.
 */
export const TEST_MERCHANT = {
  keySeconds: 12 * HOUR,
  keysMax: 5,
  keysPerHour: 60,
  callsPerHour: 600,
  hourSeconds: HOUR,
  titleMax: 128,
  codeMax: 128,
  idMax: 64,
  orderCodeMax: 2048,
  messageMax: 500,
  rawChars: 2000,
  callsLooked: 2000,
  transactions: 50,
} as const
/** The inbox of one application: how many calls and bytes of them it keeps. The oldest make room. */
export const INBOX = { calls: 500, bytes: 4_000_000 } as const

/** The registry API, for systems of the network. */
export const REGISTRY = { tokenMin: 32, requestsPerMinute: 6000, page: 100 } as const

/**
 * The audit log: entries that are looked at in one query, so many of those for one page, how many are read at a time for an export, and
 * how often somebody may have a chain verified or exported.
 */
export const AUDIT = {
  windowRows: 2000,
  exportRows: 100,
  windowsPerPage: 100,
  textMax: 100,
  verifyRows: 500,
  verificationsPerHour: 60,
  exportsPerHour: 60,
  hourSeconds: HOUR,
  faultsTold: 100,
} as const

/** Test messages that one member of staff may send to himself. */
export const TEST_MAIL = { perHour: 10, hourSeconds: HOUR } as const

/** How long the center keeps what is over, where no setting says so. Rows are deleted in small batches. */
export const RETENTION = {
  givenUpWorkSeconds: 30 * DAY,
  invitationSeconds: 30 * DAY,
  mailSeconds: 90 * DAY,
  purgeGraceSeconds: HOUR,
  paymentCodeSeconds: DAY,
  usedActivationSeconds: 30 * DAY,
  resetSeconds: DAY,
  /** Pieces of report files that a run left behind. */
  draftSeconds: HOUR,
  everySeconds: 5 * MINUTE,
  batchRows: 200,
} as const

export const PAGE = { size: 50, max: 100 } as const
