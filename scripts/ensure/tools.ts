import { canInstall, findCommand, installPackages } from './install.ts'

/** Commands, and Debian's package of each. */
const TOOLS: Record<string, string> = { openssl: 'openssl', curl: 'curl', sftp: 'openssh-client' }

/** Makes sure that the commands which the tests call are there: openssl and curl of the shell example, and OpenSSH's client. */
export function ensureTools(): void {
  const absent = () => Object.keys(TOOLS).filter((name) => findCommand(name) === undefined)
  const packages = () => absent().map((name) => TOOLS[name] ?? name)
  if (absent().length === 0) return
  if (canInstall()) installPackages(packages(), 'for the shell example and the report files')
  if (absent().length === 0) return
  throw new Error(
    `The tests need ${absent().join(' and ')}. Install it (Debian: apt-get install ${packages().join(' ')}).`,
  )
}
