import { newStartupLink } from './accounts/startup.ts'
import { ConfigError, readConfig } from './config.ts'
import { start } from './start.ts'

/** For connections that are kept alive: a proxy's next call on one of them is still answered. */
const GRACE_MS = 1000

try {
  const running = await start(readConfig(process.env))
  const link = await newStartupLink(running.app)
  // Not a log line: logs are kept and read by many, and this opens the center.
  if (link !== undefined)
    process.stderr.write(
      `\nThere is no staff yet. Whoever opens this link first, within 24 hours, becomes the operator:\n${link}\n\n`,
    )
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      running.app.log.info({ signal }, 'stopping')
      running.stop(GRACE_MS).then(
        () => process.exit(0),
        (error: unknown) => {
          running.app.log.error({ err: error }, 'did not stop cleanly')
          process.exit(1)
        },
      )
    })
  }
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`)
  process.exit(1)
}
