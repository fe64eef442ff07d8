/**
 * The SFTP server: real SSH, for looking and reading only (decisions/0030). Who may connect how often, and who has logged in, is decided
 * here; what he sees, in tree.ts. There is no shell, no command and no forwarding: what has no listener is refused by the library.
 */
import { createServer, type Server as TcpServer, type Socket } from 'node:net'
import type { AuthContext, Connection, PublicKeyAuthContext } from 'ssh2'
import { SFTP } from '../../rules/limits.ts'
import { type App, type Ctx, newContext } from '../context.ts'
import { addressKey, newRations } from '../http/rations.ts'
import { findKeyOf, type Guest, logInWithPassword } from './accounts.ts'
import { hostKeyOf } from './host-key.ts'
import { serveSession } from './session.ts'

export type SftpServer = { close(): Promise<void> }

type Ssh = typeof import('ssh2')

/** What is neither old nor slow. Compression is none: it would let a few bytes unpack to many. */
const ALGORITHMS = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
  ],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} as const

/** Sockets with their addresses, and who has logged in on how many of them. */
type Doors = { sockets: Map<Socket, string>; guests: Map<string, number> }

export async function listenSftp(app: App, { host, port }: { host: string; port: number }): Promise<SftpServer> {
  const { default: ssh2 } = await import('ssh2')
  const ctx = newContext(app, { kind: 'system' }, app.log)
  const doors: Doors = { sockets: new Map(), guests: new Map() }
  const { privateKey } = await hostKeyOf(ctx)
  const algorithms = ALGORITHMS as unknown as NonNullable<ConstructorParameters<Ssh['Server']>[0]['algorithms']> // lists that nobody changes
  const ssh = new ssh2.Server({ hostKeys: [privateKey()], ident: 'Slipway', algorithms, keepaliveInterval: 30_000 })
  ssh.on('connection', (connection, { ip }) => welcome({ ctx, ssh2, connection, doors, address: ip }))
  const rate = app.config.rateFactor
  const fresh = newRations(app.clock, (SFTP.newPerMinuteAndAddress / 60) * rate, SFTP.newPerMinuteAndAddress * rate)
  const tcp = createServer({ noDelay: true }, (socket) => {
    if (!admit(socket, doors, fresh.take)) return void socket.destroy()
    ssh.injectSocket(socket)
  })
  await listen(tcp, host, port)
  return {
    async close() {
      const closed = new Promise((resolve) => tcp.close(resolve))
      for (const socket of doors.sockets.keys()) socket.destroy()
      await closed
    },
  }
}

function listen(tcp: TcpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    tcp.once('error', reject)
    tcp.listen(port, host, () => {
      tcp.off('error', reject)
      resolve()
    })
  })
}

function admit(socket: Socket, { sockets }: Doors, take: (key: string) => boolean): boolean {
  const address = addressKey(socket.remoteAddress ?? '')
  const ofAddress = [...sockets.values()].filter((one) => one === address).length
  if (sockets.size >= SFTP.connections || ofAddress >= SFTP.connectionsPerAddress || !take(address)) return false
  sockets.set(socket, address)
  socket.once('close', () => sockets.delete(socket))
  socket.on('error', () => undefined) // 'close' follows
  // Whoever has not logged in by then goes; afterwards the time since the last request counts.
  const timer = setTimeout(() => socket.destroy(), SFTP.handshakeMs)
  socket.once('close', () => clearTimeout(timer))
  socket.once(LOGGED_IN, () => clearTimeout(timer))
  return true
}

const LOGGED_IN = 'slipway-logged-in'

type Visit = { ctx: Ctx; ssh2: Ssh; connection: Connection; doors: Doors; address: string }

function welcome(visit: Visit): void {
  const { ctx, connection, doors } = visit
  const { _sock: socket } = connection as unknown as { _sock: Socket } // the library shows it to nobody
  let tries = 0
  let guest: Guest | undefined
  let sessions = 0
  connection.on('error', (error) => ctx.log.debug({ err: error }, 'an SFTP connection broke'))
  connection.on('authentication', (auth) => {
    if (auth.method !== 'none' && ++tries > SFTP.triesPerConnection) return void socket.destroy()
    void decide(visit, auth).then(
      (found) => {
        if (found === 'leave' || socket.destroyed) return void socket.destroy()
        if (found === undefined) return auth.reject(METHODS)
        guest = found
        auth.accept()
      },
      (error: unknown) => {
        ctx.log.error({ err: error }, 'an SFTP log-in failed')
        socket.destroy()
      },
    )
  })
  connection.on('ready', () => {
    if (guest === undefined || !enter(doors, socket, guest.account)) return void socket.destroy()
    socket.emit(LOGGED_IN)
    ctx.log.info({ account: guest.account, address: visit.address }, 'SFTP log-in')
    const idle = setTimeout(() => socket.destroy(), SFTP.idleMs)
    socket.once('close', () => clearTimeout(idle))
    const known = guest
    connection.on('session', (accept, reject) => {
      if (sessions >= SFTP.sessionsPerConnection) return reject()
      sessions++
      const session = accept()
      session.on('close', () => sessions--)
      session.on('sftp', (open) => serveSession(open(), { ctx, guest: known, socket, onRequest: () => idle.refresh() }))
    })
  })
}

const METHODS: ('publickey' | 'password')[] = ['publickey', 'password']

/** An account is on so many connections at once. */
function enter({ guests }: Doors, socket: Socket, account: string): boolean {
  const before = guests.get(account) ?? 0
  if (before >= SFTP.connectionsPerAccount) return false
  guests.set(account, before + 1)
  socket.once('close', () => {
    const left = (guests.get(account) ?? 1) - 1
    if (left > 0) guests.set(account, left)
    else guests.delete(account)
  })
  return true
}

/** `undefined`: try another way. `leave`: no more tries. An unknown account looks like a known one with another key. */
async function decide(visit: Visit, auth: AuthContext): Promise<Guest | undefined | 'leave'> {
  if (auth.method === 'publickey') return byKey(visit, auth)
  if (auth.method !== 'password') return undefined
  const found = await logInWithPassword(visit.ctx, auth.username, auth.password, visit.address)
  if (found === 'too many') return 'leave'
  return found === 'wrong' ? undefined : found
}

async function byKey({ ctx, ssh2 }: Visit, auth: PublicKeyAuthContext): Promise<Guest | undefined> {
  const known = await findKeyOf(ctx, auth.username)
  const parsed = known && ssh2.utils.parseKey(known.line)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (!known || key === undefined || key instanceof Error) return undefined
  if (auth.key.algo !== key.type || !key.getPublicSSH().equals(auth.key.data)) return undefined
  // First only the key is shown, to ask whether a signature by it would do.
  if (auth.signature === undefined) return known.guest
  // RSA without a named hash means SHA-1.
  if (auth.blob === undefined || (key.type === 'ssh-rsa' && auth.hashAlgo === undefined)) return undefined
  return (key.verify(auth.blob, auth.signature, auth.hashAlgo) as unknown) === true ? known.guest : undefined // errors are returned
}
