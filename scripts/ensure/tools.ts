import { canInstall, findCommand, installPackages } from './install.ts'

const TOOLS = ['openssl', 'curl']

/** Makes sure that the commands which the shell example needs are there: openssl and curl. */
export function ensureTools(): void {
  const absent = () => TOOLS.filter((name) => findCommand(name) === undefined)
  if (absent().length === 0) return
  if (canInstall()) installPackages(absent(), 'for the shell example')
  if (absent().length === 0) return
  throw new Error(
    `The shell example needs ${absent().join(' and ')}. Install it (Debian: apt-get install openssl curl).`,
  )
}
