import { type Kysely, Migrator, sql } from 'kysely'
import type { Engine } from './dialects.ts'
import * as start from './migrations/0001-start.ts'
import * as payments from './migrations/0003-payments.ts'
import * as acceptance from './migrations/0004-acceptance.ts'
import * as merchants from './migrations/0005-merchants.ts'
import * as audit from './migrations/0006-audit.ts'
import * as launch from './migrations/0007-launch.ts'
import * as operator from './migrations/0008-operator.ts'
import * as agreements from './migrations/0010-agreements.ts'
import * as delivery from './migrations/0013-delivery.ts'
import * as families from './migrations/0009-families.ts'
import * as reports from './migrations/0012-reports.ts'
import * as accounts from './migrations/0002-accounts.ts'
import * as registrations from './migrations/0014-registrations.ts'
import * as disputes from './migrations/0015-disputes.ts'
import * as wallets from './migrations/0011-wallets.ts'
import * as causes from './migrations/0018-causes.ts'
import * as fees from './migrations/0019-fees.ts'
import * as inotify from './migrations/0021-inotify.ts'
import * as mocks from './migrations/0020-mocks.ts'
import * as relays from './migrations/0022-relays.ts'
import * as words from './migrations/0023-words.ts'
import * as testMerchant from './migrations/0024-test-merchant.ts'
import * as inbox from './migrations/0025-inbox.ts'
import type { Tables } from './schema.ts'

/** Forward only, in this order, the same for both engines. A released one is never edited. */
const MIGRATIONS = {
  '0001-start': start,
  '0002-accounts': accounts,
  '0003-payments': payments,
  '0004-acceptance': acceptance,
  '0005-merchants': merchants,
  '0006-audit': audit,
  '0007-launch': launch,
  '0008-operator': operator,
  '0009-families': families,
  '0010-agreements': agreements,
  '0011-wallets': wallets,
  '0012-reports': reports,
  '0013-delivery': delivery,
  '0014-registrations': registrations,
  '0015-disputes': disputes,
  '0018-causes': causes,
  '0019-fees': fees,
  '0020-mocks': mocks,
  '0021-inotify': inotify,
  '0022-relays': relays,
  '0023-words': words,
  '0024-test-merchant': testMerchant,
  '0025-inbox': inbox,
} as const

/**
 * Brings the database to the newest schema. Safe to run from several nodes at once: the engine's lock lets one through. A schema that the
 * next release has brought further already is left as it is: nodes of this one run on it, and may have to start again.
 */
export async function migrate(kysely: Kysely<Tables>, engine: Engine): Promise<void> {
  const migrator = new Migrator({
    db: kysely,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(MIGRATIONS).map(([name, { up }]) => [name, { up: (db: Kysely<unknown>) => up(db, engine) }]),
        ),
    },
  })
  const { error } = await migrator.migrateToLatest()
  if (error && !(await isAhead(kysely)))
    throw new Error('The database could not be brought to the newest schema.', { cause: error })
}

/** All of ours have been made, and later ones that this release does not know. */
async function isAhead(kysely: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`
    .execute(kysely)
    .catch(() => ({ rows: [] }))
  const known = Object.keys(MIGRATIONS)
  return rows.length > known.length && known.every((name, at) => rows[at]?.name === name)
}
