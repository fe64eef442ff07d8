/** A built server on the first core with one developer who is logged in, for benches of the console API. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { me } from '../contract/accounts.ts'
import { CONSOLE_HEADER } from '../contract/endpoint.ts'
import { integrate } from '../test/integration.ts'
import { openMailSink } from '../test/mail.ts'
import type { DatabaseAddress } from '../server/db/database.ts'
import { newMasterKey, startProcess } from '../test/process.ts'

const newFile = (): DatabaseAddress => ({
  engine: 'sqlite',
  file: join(mkdtempSync(join(tmpdir(), 'slipway-bench-')), 'slipway.db'),
})

export async function openBenchCenter(cores = '0', database: DatabaseAddress = newFile()) {
  const mail = await openMailSink()
  const running = await startProcess({
    database,
    smtpUrl: mail.url,
    masterKey: newMasterKey(),
    prefix: ['taskset', '-c', cores],
  })
  const { developer, server, application } = await integrate(running, mail)
  const { person } = await developer.do(me, {})
  const cookie = (names: string[]) =>
    names.map((name) => `slipway_${name}=${developer.cookies.get(`slipway_${name}`) ?? ''}`).join('; ')
  return {
    origin: running.origin,
    pid: running.child.pid,
    developer,
    applicationId: application.id,
    database,
    email: person.email,
    server,
    /** Headers of a page of ours with these cookies. */
    headers: (...cookies: string[]) => ({
      origin: running.origin,
      [CONSOLE_HEADER]: '1',
      'content-type': 'application/json',
      cookie: cookie(cookies),
    }),
    async close() {
      await running.stop()
      await server.close()
      await mail.close()
    },
  }
}
