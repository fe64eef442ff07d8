/** `npm run staff:add -- --email you@network.example --name "Your Name" [--role operator_admin]`: prints an activation link. */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { Email, PersonName } from '../../contract/wire.ts'
import { staffRoles } from '../../rules/roles.ts'
import { addStaff } from '../accounts/staff.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { newApp, newLog } from '../start.ts'

const Person = z.object({ email: Email, name: PersonName, role: z.enum(staffRoles) })

try {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string', default: 'operator_admin' },
    },
  })
  const person = Person.safeParse(values)
  if (!person.success) throw new Error(z.prettifyError(person.error))
  const config = readConfig(process.env)
  const database = await openDatabase(config.database)
  const app = newApp(config, database, newLog('silent'))
  const link = await addStaff(app, person.data)
  await database.close()
  process.stdout.write(`Open this link within 72 hours to set the password (it works once):\n${link}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.stderr.write(
    'Usage: npm run staff:add -- --email you@network.example --name "Your Name" [--role operator_admin]\n',
  )
  process.exit(1)
}
