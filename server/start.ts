/** Opens everything, ties it together, and closes it in the opposite order. main.ts, the demo and the tests all start here. */
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { newBlocklist } from './accounts/blocklist.ts'
import { type HashCost, newPasswords } from './accounts/passwords.ts'
import { OUTGOING, REPORTS, RETENTION } from '../rules/limits.ts'
import { bindings as acceptanceRoutes } from './acceptance/routes.ts'
import { bindings as accountRoutes } from './accounts/routes.ts'
import { authenticate } from './accounts/sessions.ts'
import { bindings as staffRoutes } from './accounts/staff-routes.ts'
import { makeNetworkPair } from './applications/keys.ts'
import { bindings as applicationRoutes } from './applications/routes.ts'
import { bindings as auditRoutes } from './audit/routes.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { type App, newContext } from './context.ts'
import { type Database, openDatabase } from './db/database.ts'
import { newClients } from './gateway/clients.ts'
import { bringAboutDue, clockHandler } from './gateway/due.ts'
import { newPartners, type Partners } from './gateway/partner-calls.ts'
import { bindings as gatewayRoutes, mountGateway } from './gateway/routes.ts'
import type { Binding } from './http/bind.ts'
import { closeWithin, drain } from './http/drain.ts'
import { mountHealth } from './http/health.ts'
import { mountEndpoints } from './http/kernel.ts'
import { newServer } from './http/server.ts'
import { mountSite } from './http/site.ts'
import { newMailer } from './mail/mail.ts'
import { bindings as findingRoutes } from './findings/routes.ts'
import { bindings as inboxRoutes } from './inbox/routes.ts'
import { bindings as inotifyRoutes } from './inotify/routes.ts'
import { bindings as launchRoutes } from './launch/routes.ts'
import { eventHandler } from './launch/deliver.ts'
import { bindings as mailRoutes } from './mail/routes.ts'
import { bindings as merchantRoutes } from './merchants/routes.ts'
import { notificationHandler, resendHandler, testHandler } from './notifications/deliver.ts'
import { bindings as mockRoutes } from './mocks/routes.ts'
import { bindings as notificationRoutes } from './notifications/routes.ts'
import { newWorker, type Worker } from './outbox/worker.ts'
import { deleteOld } from './retention/retention.ts'
import { newOutgoing, type Outgoing } from './outgoing/client.ts'
import { newResolve, type Resolve, systemResolve } from './outgoing/resolve.ts'
import type { Wall } from './outgoing/wall.ts'
import { bindings as partnerRoutes } from './partners/routes.ts'
import { bindings as productionRoutes } from './production/routes.ts'
import { bindings as registryRoutes } from './registry/routes.ts'
import { type Line, newLine } from './relays/line.ts'
import { authenticateListener } from './relays/relays.ts'
import { bindings as relayRoutes } from './relays/routes.ts'
import { withRelay } from './relays/send.ts'
import { registrationHandler } from './registrations/registrations.ts'
import { bindings as testMerchantRoutes } from './test-merchant/routes.ts'
import { sealWith } from './seal.ts'
import { walletHandler } from './wallets/paying.ts'
import { walletRefundHandler } from './wallets/refunds.ts'
import { bindings as pairRoutes } from './wallets/routes.ts'
import { planReports, REPORT_TOPIC, reportTopic } from './reports/reports.ts'
import { bindings as reportRoutes } from './reports/routes.ts'
import { listenSftp } from './sftp/listen.ts'
import { bindings as sftpRoutes } from './sftp/routes.ts'

export type Running = {
  app: App
  server: FastifyInstance
  worker: Worker
  /** Stops taking requests, finishes those under way, gives back leases, closes the database. Silent connections have `graceMs`. */
  stop(graceMs?: number): Promise<void>
}

/** What tests hold still, listen to, or have at hand because it takes long to make; nothing else may be replaced. */
export type Replaced = {
  clock?: Clock
  log?: Logger
  resolve?: Resolve
  makePair?: App['makePair']
  hashCost?: HashCost
}

export function newLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

/** What lives as long as the process, without a server: for commands, and the beginning of one. */
export function newApp(config: Config, database: Database, log: Logger, hashCost?: HashCost): App {
  return {
    config,
    database,
    clock: systemClock,
    seal: sealWith(config.masterKey),
    passwords: newPasswords(newBlocklist(config.network.name, config.breachedHashes), hashCost),
    makePair: makeNetworkPair,
    log,
    nudge: () => undefined,
  }
}

export async function start(config: Config, replaced: Replaced = {}): Promise<Running> {
  const log = replaced.log ?? newLog(config.logLevel)
  const database = await openDatabase(config.database)
  let worker: Worker | undefined
  const app: App = {
    ...newApp(config, database, log, replaced.hashCost),
    ...(replaced.clock ? { clock: replaced.clock } : {}),
    ...(replaced.makePair ? { makePair: replaced.makePair } : {}),
    nudge: () => worker?.nudge(),
  }
  const wall: Wall = { allowLoopback: config.development, resolve: replaced.resolve ?? newResolve() }
  const sandboxWall: Wall = { ...wall, sandbox: true }
  const clients = newClients(app)
  const line = newLine()
  const outgoing = withRelay(app, newOutgoing(wall), clients, line)
  const partners = newPartners(app, clients, outgoing)
  // Stricter than for the sandbox, and wider for the operator's own address.
  const productionWall: Wall = { ...wall, allowLoopback: config.production.loopback }
  const production = { wall: productionWall, outgoing: newOutgoing(productionWall) }
  const toOperator = newOutgoing({ ...wall, resolve: systemResolve, allowLoopback: true, operators: true })
  const mailer = newMailer(config.mail.smtpUrl, config.mail.from)
  const asSystem = () => newContext(app, { kind: 'system' })
  const handlers = {
    mail: mailer.handler,
    notification: notificationHandler(clients, outgoing),
    notification_resend: resendHandler(clients, outgoing),
    notification_test: testHandler(clients, outgoing),
    sandbox_clock: clockHandler,
    launch_event: eventHandler(toOperator),
    registration: registrationHandler,
    wallet_payment: walletHandler(partners),
    wallet_refund: walletRefundHandler(partners),
    [REPORT_TOPIC]: reportTopic,
  }
  worker = newWorker(app, handlers, () => bringAboutDue(asSystem()), 1000, [
    { run: () => deleteOld(asSystem()), everyMs: RETENTION.everySeconds * 1000 },
    { run: () => planReports(asSystem()), everyMs: REPORTS.planMs },
  ])

  const server = await newServer(config, log)
  mountHealth(server, app)
  if (config.roles.includes('web')) {
    mountEndpoints(
      server,
      app,
      allBindings({ wall: sandboxWall, outgoing, line, partners, production, clientsChanged: clients.forget }),
      {
        session: (_app, http, isActivity) => authenticate(app, http.cookie('session'), isActivity),
        relay: authenticateListener,
      },
    )
    await mountGateway(server, app, { clients, wall: sandboxWall, partners })
    await mountSite(server, distFolder(), config.network)
  }
  await server.listen({ host: config.host, port: config.port })
  const sftp = config.sftp !== null && config.roles.includes('web') ? await listenSftp(app, config.sftp) : undefined
  if (config.roles.includes('worker')) await worker.start()

  const stop = async (graceMs = 0) => {
    // Polls would be waited for, and what they wait for comes again after the start.
    line.close()
    await drain(server, graceMs)
    await closeWithin(server, OUTGOING.attemptMs + 1000)
    await sftp?.close()
    await worker.stop()
    for (const one of [outgoing, production.outgoing, toOperator]) await one.close()
    mailer.close()
    await database.close()
  }
  return { app, server, worker, stop }
}

/** Every endpoint of the console, tied to its use case. */
type Bound = {
  wall: Wall
  outgoing: Outgoing
  line: Line
  partners: Partners
  production: { wall: Wall; outgoing: Outgoing }
  clientsChanged: () => void
}
export function allBindings({ wall, outgoing, line, partners, production, clientsChanged }: Bound): Binding[] {
  return [
    ...accountRoutes,
    ...partnerRoutes(clientsChanged),
    ...applicationRoutes(wall, clientsChanged),
    ...gatewayRoutes({ wall, partners }),
    ...pairRoutes,
    ...notificationRoutes,
    ...acceptanceRoutes(outgoing, clientsChanged),
    ...merchantRoutes(),
    ...productionRoutes(production),
    ...launchRoutes(production.outgoing),
    ...registryRoutes,
    ...reportRoutes,
    ...sftpRoutes,
    ...mockRoutes,
    ...testMerchantRoutes({ wall, outgoing, partners, clientsChanged }),
    ...relayRoutes(line),
    ...inotifyRoutes(wall),
    ...inboxRoutes(wall),
    ...findingRoutes,
    ...auditRoutes,
    ...mailRoutes,
    ...staffRoutes,
  ]
}

/** The built pages: beside the built server, or in dist/ when the sources run. */
function distFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const built = here.lastIndexOf('/dist/server/')
  return built === -1 ? fileURLToPath(new URL('../dist', import.meta.url)) : here.slice(0, built + '/dist'.length)
}
