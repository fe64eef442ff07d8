/**
 * What a use case gets first. `ctx.db` only reads; to write, a use case asks for `ctx.tx(…)` and gets a context whose `db` is the
 * transaction. While that is open the outer handle throws, because a query on it would wait for itself on SQLite and escape the
 * transaction on PostgreSQL; after the end the inner one throws.
 */
import type { FastifyBaseLogger } from 'fastify'
import type { PartnerRole, StaffRole } from '../rules/roles.ts'
import type { Passwords } from './accounts/passwords.ts'
import type { NetworkPair } from './applications/keys.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database, Reader, Writer } from './db/database.ts'
import type { Seal } from './seal.ts'

export type Log = FastifyBaseLogger

/** `provedAt`: when the password was entered last; `browserHash`: the browser in which the session began. */
type Session = { email: string; sessionHash: string; beganAt: number; browserHash: string | null; provedAt: number }

export type Member = {
  kind: 'member'
  personId: string
  personName: string
  partnerId: string
  /** UTC milliseconds; null where the partner is under contract. */
  trialEndsAt: number | null
  roles: readonly PartnerRole[]
} & Session
export type Staff = { kind: 'staff'; personId: string; personName: string; staffRole: StaffRole } & Session
/** A script on a developer's machine that listens for the calls of one sandbox, by the token of its relay. */
export type Listener = { kind: 'relay'; applicationId: string; clientId: string; tokenHash: string }
/** `registry`: a system of the network, by the token of the registry API. */
export type Actor = { kind: 'nobody' } | { kind: 'system' } | { kind: 'registry' } | Listener | Member | Staff

/** What lives as long as the process. */
export type App = {
  config: Config
  database: Database
  clock: Clock
  seal: Seal
  passwords: Passwords
  /** A new RSA pair of the network's own. */
  makePair(): Promise<NetworkPair>
  log: Log
  /** Tells the worker of this process that work was added. A hint: the worker's polling is the truth. */
  nudge(): void
}

/** The request that is being worked on, for the audit log. `entries`: how many it has left there. */
export type Source = { address: string; requestId: string; entries: number }

export type Ctx = Omit<App, 'database'> & {
  actor: Actor
  /** Null where the center itself acts. */
  source: Source | null
  readonly db: Reader
  tx<T>(work: (tx: TxCtx) => Promise<T>): Promise<T>
}

export type TxCtx = Omit<Ctx, 'db'> & {
  readonly db: Writer
  /** Runs after the commit, and not at all if it fails. */
  afterCommit(run: () => void): void
}

export function newContext(app: App, actor: Actor, log: Log = app.log, source: Source | null = null): Ctx {
  let open = 0
  const { config, clock, seal, passwords, makePair, nudge } = app
  const common = { config, clock, seal, passwords, makePair, nudge, log, actor, source }
  return {
    ...common,
    get db() {
      if (open > 0) throw new Error('The outer database handle was used while a transaction is open.')
      return app.database.reader
    },
    async tx(work) {
      open++
      let hooks: (() => void)[] = []
      try {
        const value = await app.database.transact((db) => {
          hooks = []
          return runInTransaction(common, db, hooks, work)
        })
        for (const hook of hooks) hook()
        return value
      } finally {
        open--
      }
    },
  }
}

async function runInTransaction<T>(
  common: Omit<Ctx, 'db' | 'tx'>,
  db: Writer,
  hooks: (() => void)[],
  work: (tx: TxCtx) => Promise<T>,
): Promise<T> {
  let ended = false
  const tx: TxCtx = {
    ...common,
    get db() {
      if (ended) throw new Error('The transaction has ended.')
      return db
    },
    tx: (inner) => inner(tx),
    afterCommit: (run) => void hooks.push(run),
  }
  try {
    return await work(tx)
  } finally {
    ended = true
  }
}

/** The actor as a member of a partner. The kernel has checked the permission, so anything else is our own mistake. */
export function memberOf(ctx: Ctx | TxCtx): Member {
  if (ctx.actor.kind !== 'member') throw new Error(`A member of a partner was expected, not ${ctx.actor.kind}.`)
  return ctx.actor
}

/** The name of whoever acts, for "set by" and "opened by". */
export function actorName(ctx: Ctx | TxCtx): string {
  return ctx.actor.kind === 'member' || ctx.actor.kind === 'staff' ? ctx.actor.personName : ctx.actor.kind
}

/** The actor as a listener of a relay, likewise. */
export function listenerOf(ctx: Ctx | TxCtx): Listener {
  if (ctx.actor.kind !== 'relay') throw new Error(`A listener was expected, not ${ctx.actor.kind}.`)
  return ctx.actor
}
