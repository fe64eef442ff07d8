/** Names to addresses. Who asks whom is the whole difference: a name of a partner's may belong to a DNS server that never answers. */
import { ADDRCONFIG, lookup as systemLookup, promises as dns } from 'node:dns'
import { promisify } from 'node:util'
import { OUTGOING } from '../../rules/limits.ts'

type Address = { address: string; family: number }
export type Resolve = (host: string) => Promise<Address[]>

const lookupAll = promisify(systemLookup)

/** As the machine knows it, its hosts file included. It holds one of a few threads as long as a server is silent: for our own names. */
export const systemResolve: Resolve = (host) => lookupAll(host, { all: true, hints: ADDRCONFIG })

/**
 * For partners' names: asks the DNS servers over sockets, which hold nobody else up, and takes no longer than `OUTGOING.resolveMs` with
 * each of them. `servers` instead of those of the machine: addresses, with a port if you like. Rejects where there is no address.
 */
export function newResolve(servers?: readonly string[]): Resolve {
  const resolver = new dns.Resolver({ timeout: OUTGOING.resolveMs, tries: 1 })
  if (servers) resolver.setServers(servers)
  return async (host) => {
    if (host === 'localhost') return systemResolve(host)
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const addresses = answers.flatMap((answer, at) =>
      answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family: at === 0 ? 4 : 6 })) : [],
    )
    if (addresses.length === 0) throw new Error('the name has no address')
    return addresses
  }
}
