/** `npm run bench`: every figure that the docs claim, measured as a ratio in one run. Needs openssl, taskset and wrk. */
import { tmpdir } from 'node:os'
import { benchDiagnosis } from '../bench/diagnosis.ts'
import { benchEnumeration } from '../bench/enumeration.ts'
import { benchExport } from '../bench/export.ts'
import { benchImport } from '../bench/import.ts'
import { benchInquiry } from '../bench/inquiry.ts'
import { benchLog } from '../bench/log.ts'
import { benchMocks } from '../bench/mocks.ts'
import { benchNotification } from '../bench/notification.ts'
import { benchPayment } from '../bench/payment.ts'
import { benchSession } from '../bench/session.ts'
import { benchSignIn } from '../bench/sign-in.ts'
import { benchStartup } from '../bench/startup.ts'
import { ownFolder } from '../test/folder.ts'
import { buildStale } from './build.ts'
import { canInstall, findCommand, installPackages } from './ensure/install.ts'

const PACKAGES: Record<string, string> = { openssl: 'openssl', taskset: 'util-linux', wrk: 'wrk' }
const absent = Object.keys(PACKAGES).filter((name) => findCommand(name) === undefined)
if (absent.length > 0 && canInstall())
  installPackages(
    absent.map((name) => PACKAGES[name] ?? name),
    'for the bench',
  )
const still = absent.filter((name) => findCommand(name) === undefined)
if (still.length > 0)
  throw new Error(
    `The bench needs ${still.join(', ')} (Debian: apt-get install ${still.map((name) => PACKAGES[name]).join(' ')}).`,
  )

await buildStale()
// On the disk, which is part of what is measured.
process.once('exit', ownFolder(tmpdir()))
const benches = {
  startup: benchStartup,
  'sign-in': benchSignIn,
  session: benchSession,
  payment: benchPayment,
  inquiry: benchInquiry,
  notification: benchNotification,
  mocks: benchMocks,
  enumeration: benchEnumeration,
  diagnosis: benchDiagnosis,
  import: benchImport,
  export: benchExport,
  log: benchLog,
}
const wanted = process.argv.slice(3)
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) console.log((await bench()).join('\n'))
}
process.exit(0)
