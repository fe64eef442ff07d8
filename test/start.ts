/**
 * A whole center for a test: real server on a free port, real database, real mail sink. Only the clock is held, and the log is
 * listened to: a test during which the server logged an error fails. At its end the center is searched for secrets.
 */
import { randomBytes } from 'node:crypto'
import { type Logger, pino } from 'pino'
import { afterEach } from 'vitest'
import { SESSION } from '../rules/limits.ts'
import type { HashCost } from '../server/accounts/passwords.ts'
import { networkPairOf } from '../server/applications/keys.ts'
import type { Config } from '../server/config.ts'
import type { Resolve } from '../server/outgoing/resolve.ts'
import { type Running, start } from '../server/start.ts'
import { newDatabase, type TestDatabase } from './database.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { nextPair } from './pairs.ts'
import { freePort } from './port.ts'
import { searchCenter } from './secrets.ts'

type TestClock = {
  now(): number
  forward(seconds: number): void
  /** Stands still but for `forward`, until the function given back is called. */
  stand(): () => void
}

export type Center = Running & {
  origin: string
  config: Config
  clock: TestClock
  mail: MailSink
  logLines: string[]
  errors: string[]
  database: TestDatabase
  close(): Promise<void>
}

export type CenterOptions = {
  config?: Partial<Config>
  resolve?: Resolve
  database?: TestDatabase
  mail?: MailSink
  /** What a password costs; by default next to nothing, because most tests hash only to have somebody logged in. */
  hashCost?: HashCost
}

const CHEAP: HashCost = { memoryKiB: 64, passes: 1, lanes: 1 }

export async function startCenter(options: CenterOptions = {}): Promise<Center> {
  const database = options.database ?? (await newDatabase())
  const mail = options.mail ?? (await openMailSink())
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const config: Config = {
    origin,
    host: '127.0.0.1',
    port,
    development: true,
    database: database.address,
    roles: ['web', 'worker'],
    network: {
      name: 'Test Network',
      supportMailbox: 'support@network.test',
      architectsContact: 'architects@network.test',
      logo: null,
    },
    mail: { smtpUrl: mail.url, from: 'Test Network <no-reply@network.test>' },
    trustedProxies: [],
    session: { idleSeconds: SESSION.idleSeconds, absoluteSeconds: SESSION.absoluteSeconds },
    inviteNdaOnly: false,
    launchReview: true,
    launchEventUrl: '',
    registryToken: '',
    production: { gateway: '', publicKey: '', loopback: true },
    sftp: null,
    breachedHashes: '',
    clockFactor: 1,
    rateFactor: 1000,
    logDays: 7,
    logLevel: 'debug',
    masterKey: randomBytes(32),
    ...options.config,
  }
  const clock = newClock()
  const makePair = async () => networkPairOf(nextPair())
  const { log, lines, errors } = newListeningLog()
  const running = await start(config, {
    clock,
    log,
    makePair,
    hashCost: options.hashCost ?? CHEAP,
    ...(options.resolve ? { resolve: options.resolve } : {}),
  })
  watched.add(errors)
  return {
    ...running,
    origin,
    config,
    clock,
    mail,
    logLines: lines,
    errors,
    database,
    async close() {
      watched.delete(errors)
      const leaked = await searchCenter(running.app.database, lines)
      await running.stop()
      if (!options.mail) await mail.close()
      if (!options.database) await database.drop()
      if (leaked.length > 0) throw new Error(`Secrets where none may be: ${leaked.join('; ')}`)
    },
  }
}

/** Runs with the real time, so that ids made by the database side sort with it, and is moved ahead of it. */
function newClock(): TestClock {
  const offset = { seconds: 0 }
  let stoodAt: number | null = null
  return {
    now: () => (stoodAt ?? Date.now()) + offset.seconds * 1000,
    forward: (seconds) => {
      offset.seconds += seconds
    },
    stand: () => {
      stoodAt = Date.now()
      return () => {
        stoodAt = null
      }
    },
  }
}

function newListeningLog(): { log: Logger; lines: string[]; errors: string[] } {
  const lines: string[] = []
  const errors: string[] = []
  const stream = {
    write(line: string) {
      lines.push(line)
      if (/"level":[56]0/.test(line)) errors.push(line)
    },
  }
  return { log: pino({ level: 'debug', base: null }, stream), lines, errors }
}

const watched = new Set<string[]>()

afterEach(() => {
  const noise = [...watched].flatMap((errors) => errors.splice(0))
  if (noise.length > 0) throw new Error(`The server logged errors:\n${noise.join('')}`)
})
