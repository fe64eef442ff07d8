/** `npm run audit:verify`: checks every chain of the audit log. Ends with 1 where one was altered, and names the place. */
import { verifyAll } from '../audit/verify.ts'
import { readConfig } from '../config.ts'
import { newContext } from '../context.ts'
import { openDatabase } from '../db/database.ts'
import { newApp, newLog } from '../start.ts'

const config = readConfig(process.env)
const database = await openDatabase(config.database)
const ctx = newContext(newApp(config, database, newLog('silent')), { kind: 'system' })
const verified = await verifyAll(ctx)
await database.close()

for (const { chain, entries, fault } of verified) {
  const found = fault ? `BROKEN at number ${fault.number}${fault.id ? ` (${fault.id})` : ''}: ${fault.reason}` : 'ok'
  process.stdout.write(`${chain}  ${entries} entries  ${found}\n`)
}
if (verified.some(({ fault }) => fault)) process.exitCode = 1
