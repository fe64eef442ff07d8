/** Every setting: name, default, meaning. The docs page is made from it. */
export const SETTINGS = {
  SLIPWAY_ORIGIN: [
    'http://localhost:4800',
    'The address under which people and partners reach the center. Plain http is for loopback only.',
  ],
  SLIPWAY_HOST: ['127.0.0.1', 'The address to listen on.'],
  SLIPWAY_PORT: ['4800', 'The port to listen on.'],
  SLIPWAY_DATA: ['data', 'The folder of the embedded database and of the master key.'],
  SLIPWAY_DATABASE: ['', 'A postgres:// URL. Empty: the embedded database in the data folder.'],
  SLIPWAY_DATABASE_POOL: ['10', 'Connections to PostgreSQL.'],
  SLIPWAY_ROLES: ['web,worker', 'What this process does: web, worker, or both.'],
  SLIPWAY_MASTER_KEY: [
    '',
    'Base64 of 32 bytes; seals the private keys in the database. Several nodes need the same one.',
  ],
  SLIPWAY_MASTER_KEY_FILE: ['', 'A file with the master key. Neither set: made at the first start in the data folder.'],
  SLIPWAY_NETWORK_NAME: ['Slipway', "The network's name, on every page and mail."],
  SLIPWAY_SUPPORT_MAILBOX: ['support@localhost', 'Where people write who cannot log in.'],
  SLIPWAY_ARCHITECTS_CONTACT: ['architects@localhost', 'Where prospects ask for an account.'],
  SLIPWAY_NETWORK_LOGO: ['', "A file with the network's logo: SVG, PNG or WebP of at most 100 kB."],
  SLIPWAY_SMTP_URL: ['smtp://127.0.0.1:25', 'The mail server, such as smtps://user:password@mail.example.com.'],
  SLIPWAY_MAIL_FROM: ['Slipway <no-reply@localhost>', 'The sender of every mail.'],
  SLIPWAY_TRUSTED_PROXIES: [
    '',
    'Addresses or ranges of the reverse proxies, with commas between. Only they are believed when they name the address of a caller.',
  ],
  SLIPWAY_SESSION_IDLE_MINUTES: ['30', 'A session that is not used for so long ends.'],
  SLIPWAY_SESSION_HOURS: ['12', 'Every session ends after so long.'],
  SLIPWAY_INVITE_NDA_ONLY: ['no', 'yes: colleagues too can be invited under an NDA address of the partner only.'],
  SLIPWAY_BREACHED_HASHES: [
    '',
    'A file of SHA-1 hashes of passwords known from breaches: in hex, one on each line, sorted. Such passwords are refused.',
  ],
  SLIPWAY_LAUNCH_REVIEW: [
    'yes',
    'no: a launch whose checklist is fulfilled needs no confirmation by a solution architect.',
  ],
  SLIPWAY_LAUNCH_EVENT_URL: [
    '',
    'Where launches and later changes are told, signed: an https address of your own systems, also inside your network. Empty: nowhere.',
  ],
  SLIPWAY_REGISTRY_TOKEN: [
    '',
    'The secret with which your production gateway reads the registry API, of at least 32 characters. Empty: the API is off.',
  ],
  SLIPWAY_PRODUCTION_GATEWAY: [
    '',
    'The address of your production gateway, shown to partners in their production settings.',
  ],
  SLIPWAY_PRODUCTION_KEY: [
    '',
    'The public key with which partners check what your production gateway signs: base64 of the SubjectPublicKeyInfo, shown to them.',
  ],
  SLIPWAY_PRODUCTION_LOOPBACK: [
    'no',
    'yes: production URLs may lead to this machine over http. For a center on loopback only, to try a launch out.',
  ],
  SLIPWAY_SFTP_PORT: [
    '',
    'The port on which partners fetch their report files over SFTP, such as 4822. Empty: there is no SFTP; the console has the same files.',
  ],
  SLIPWAY_SFTP_HOST: ['127.0.0.1', 'The address on which SFTP listens.'],
  SLIPWAY_SFTP_ADDRESS: [
    '',
    'Where partners reach SFTP, as host:port. Empty: the host of SLIPWAY_ORIGIN and SLIPWAY_SFTP_PORT.',
  ],
  SLIPWAY_CLOCK_FACTOR: [
    '1',
    'How many times faster than real the waits between notification attempts are. For a center on loopback only.',
  ],
  SLIPWAY_RATE_FACTOR: ['1', 'Multiplies every request ration; more when many people share one address.'],
  SLIPWAY_LOG_DAYS: [
    '7',
    'Days for which the request log, the notification log and the inbox are kept. What a verdict rests on stays as long as the verdict, and a notification that waits stays too.',
  ],
  SLIPWAY_LOG_LEVEL: ['info', 'fatal, error, warn, info, debug, trace or silent.'],
} as const satisfies Record<string, readonly [fallback: string, meaning: string]>

export type SettingName = keyof typeof SETTINGS
