/** The list of all console endpoints; the only barrel in the repository. */
import * as acceptance from './acceptance.ts'
import * as accounts from './accounts.ts'
import * as applications from './applications.ts'
import * as audit from './audit.ts'
import * as delivery from './delivery.ts'
import * as diagnosis from './diagnosis.ts'
import type { Endpoint } from './endpoint.ts'
import * as findings from './findings.ts'
import * as inbox from './inbox.ts'
import * as inotify from './inotify.ts'
import * as keys from './keys.ts'
import * as launch from './launch.ts'
import * as log from './log.ts'
import * as mail from './mail.ts'
import * as members from './members.ts'
import * as merchants from './merchants.ts'
import * as mocks from './mocks.ts'
import * as pairs from './pairs.ts'
import * as partners from './partners.ts'
import * as production from './production.ts'
import * as registry from './registry.ts'
import * as relays from './relays.ts'
import * as reports from './reports.ts'
import * as staff from './staff.ts'
import * as testMerchant from './test-merchant.ts'
import * as wallet from './wallet.ts'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'needs' in value && 'path' in value

/** Every endpoint by its exported name. */
export const endpoints: Record<string, Endpoint> = Object.fromEntries(
  [
    ...[
      accounts,
      partners,
      members,
      applications,
      log,
      delivery,
      merchants,
      wallet,
      acceptance,
      production,
      launch,
      registry,
    ],
    ...[audit, mail, staff, pairs, reports, mocks, inotify, diagnosis, findings, keys, relays, inbox, testMerchant],
  ]
    .flatMap((area) => Object.entries(area) as [string, unknown][]) // module namespaces are plain records
    .filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])),
)
