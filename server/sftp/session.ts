/**
 * One SFTP session (version 3, draft-ietf-secsh-filexfer-02): looking and reading. Whatever would change something is refused with
 * PERMISSION_DENIED, and what is not in the protocol with OP_UNSUPPORTED. Requests are answered one after the other; a client that asks
 * and does not take is not answered further.
 */
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2'
import { SFTP } from '../../rules/limits.ts'
import type { Ctx } from '../context.ts'
import { openReport } from '../reports/reports.ts'
import { type Guest, isWelcome } from './accounts.ts'
import { type Entry, findEntry, listFolder, wordsOf } from './tree.ts'

/** SSH_FX_… */
const STATUS = { OK: 0, EOF: 1, NO_SUCH_FILE: 2, PERMISSION_DENIED: 3, FAILURE: 4 } as const
const READ_ONLY = 1 // SSH_FXF_READ and nothing else
const FILE_MODE = 0o100444
const FOLDER_MODE = 0o040555

type Handle =
  | { entry: Entry; read: Awaited<ReturnType<typeof openReport>> }
  | { entry: Entry; entries: readonly Entry[]; next: number }

export type Session = { ctx: Ctx; guest: Guest; socket: Socket; onRequest: () => void }

/** A status instead of an answer. */
class Status extends Error {
  readonly code: number
  constructor(code: number) {
    super(`status ${code}`)
    this.code = code
  }
}

export function serveSession(sftp: SFTPWrapper, session: Session): void {
  const { ctx, guest } = session
  const handles = new Map<number, Handle>()
  let lastHandle = 0
  const answer = newQueue(sftp, session)

  const keep = (handle: Handle): Buffer => {
    if (handles.size >= SFTP.handles) throw new Status(STATUS.FAILURE)
    handles.set(++lastHandle, handle)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(lastHandle)
    return bytes
  }
  const handleOf = (number: number | undefined): Handle => {
    const handle = number === undefined ? undefined : handles.get(number)
    if (!handle) throw new Status(STATUS.FAILURE)
    return handle
  }
  const entryAt = async (words: string[] | undefined): Promise<Entry> => {
    const entry = words && (await findEntry(ctx, guest, words))
    if (!entry) throw new Status(STATUS.NO_SUCH_FILE)
    return entry
  }
  const ensureWelcome = async () => {
    if (await isWelcome(ctx, guest)) return
    setImmediate(() => session.socket.destroy()) // after the answer
    throw new Status(STATUS.PERMISSION_DENIED)
  }

  // What is asked waits for its turn as short words and numbers: a path or a handle may be as long as a packet.
  sftp.on('OPEN', (id, path, flags) => {
    const words = wordsOf(path)
    answer(id, async () => {
      await ensureWelcome()
      if (flags !== READ_ONLY) throw new Status(STATUS.PERMISSION_DENIED)
      const entry = await entryAt(words)
      if (entry.fileId === null) throw new Status(STATUS.FAILURE)
      sftp.handle(id, keep({ entry, read: await openReport(ctx, entry.fileId) }))
    })
  })
  sftp.on('READ', (id, bytes, offset, length) => {
    const number = numberOf(bytes)
    answer(id, async () => {
      const handle = handleOf(number)
      if (!('read' in handle)) throw new Status(STATUS.FAILURE)
      const content = await handle.read(offset, Math.min(length, SFTP.readBytes))
      if (content === undefined || content.length === 0) throw new Status(STATUS.EOF)
      sftp.data(id, Buffer.from(content.buffer, content.byteOffset, content.length))
    })
  })
  sftp.on('OPENDIR', (id, path) => {
    const words = wordsOf(path)
    answer(id, async () => {
      await ensureWelcome()
      const entries = words && (await listFolder(ctx, guest, words))
      if (!entries) throw new Status(STATUS.NO_SUCH_FILE)
      sftp.handle(id, keep({ entry: await entryAt(words), entries, next: 0 }))
    })
  })
  sftp.on('READDIR', (id, bytes) => {
    const number = numberOf(bytes)
    answer(id, async () => {
      const handle = handleOf(number)
      if (!('entries' in handle)) throw new Status(STATUS.FAILURE)
      const some = handle.entries.slice(handle.next, handle.next + ENTRIES_AT_ONCE)
      handle.next += some.length
      if (some.length === 0) throw new Status(STATUS.EOF)
      sftp.name(id, some.map(listed))
    })
  })
  sftp.on('CLOSE', (id, bytes) => {
    const number = numberOf(bytes)
    answer(id, async () => {
      handleOf(number)
      handles.delete(number ?? 0)
      sftp.status(id, STATUS.OK)
    })
  })
  for (const event of ['STAT', 'LSTAT'] as const)
    sftp.on(event as 'STAT', (id, path) => {
      const words = wordsOf(path)
      answer(id, async () => sftp.attrs(id, attributes(await entryAt(words))))
    })
  sftp.on('FSTAT', (id, bytes) => {
    const number = numberOf(bytes)
    answer(id, async () => sftp.attrs(id, attributes(handleOf(number).entry)))
  })
  sftp.on('REALPATH', (id, path) => {
    const words = wordsOf(path)
    answer(id, async () => {
      if (!words) throw new Status(STATUS.NO_SUCH_FILE)
      // Clients ask for paths that are not there yet, too.
      const name = `/${words.join('/')}`
      sftp.name(id, [{ filename: name, longname: name, attrs: attributes({ name, size: 0, at: 0, fileId: null }) }])
    })
  })
  for (const event of CHANGES)
    sftp.on(event as 'REMOVE', (id) =>
      answer(id, async () => {
        throw new Status(STATUS.PERMISSION_DENIED)
      }),
    )
  // A client that has asked everything says so, and waits for us to close.
  sftp.on('end', () => sftp.end())
  // Nothing here is a link.
  sftp.on('READLINK' as 'REMOVE', (id) =>
    answer(id, async () => {
      throw new Status(STATUS.NO_SUCH_FILE)
    }),
  )
}

/** Handles are ours, four bytes long. */
const numberOf = (bytes: Buffer): number | undefined => (bytes.length === 4 ? bytes.readUInt32BE() : undefined)

const CHANGES = ['WRITE', 'REMOVE', 'RENAME', 'MKDIR', 'RMDIR', 'SETSTAT', 'FSETSTAT', 'SYMLINK'] as const

const ENTRIES_AT_ONCE = 64

function attributes({ fileId, size, at }: Entry): Attributes {
  const seconds = Math.floor(at / 1000)
  return { mode: fileId === null ? FOLDER_MODE : FILE_MODE, uid: 0, gid: 0, size, atime: seconds, mtime: seconds }
}

function listed(entry: Entry): FileEntry {
  const kind = entry.fileId === null ? 'dr-xr-xr-x' : '-r--r--r--'
  const time = new Date(entry.at).toISOString().slice(0, 16).replace('T', ' ')
  const longname = `${kind} 1 slipway slipway ${String(entry.size).padStart(12)} ${time} ${entry.name}`
  return { filename: entry.name, longname, attrs: attributes(entry) }
}

/** Answers in the order of the requests, each when there is room for its answer. What a closed channel has asked is forgotten. */
function newQueue(sftp: SFTPWrapper, session: Session) {
  const { ctx, socket, onRequest } = session
  const waiting: { id: number; work: () => Promise<void> }[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    while (waiting.length > 0 && (await hasRoom(sftp, socket))) {
      const next = waiting.shift()
      if (next) await answered(sftp, next, ctx)
    }
    waiting.length = 0
    running = false
  }

  return (id: number, work: () => Promise<void>) => {
    onRequest()
    if (waiting.length >= SFTP.queued) return void socket.destroy()
    waiting.push({ id, work })
    if (!running) void run()
  }
}

async function answered(sftp: SFTPWrapper, { id, work }: { id: number; work: () => Promise<void> }, ctx: Ctx) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Status)) ctx.log.error({ err: error }, 'an SFTP request failed')
    sftp.status(id, error instanceof Status ? error.code : STATUS.FAILURE)
  }
}

/** Waits until the client has taken what was sent, on the channel and on the connection. False: it will take nothing more. */
async function hasRoom(sftp: SFTPWrapper, socket: Socket): Promise<boolean> {
  const { outgoing } = sftp as unknown as { outgoing: { window: number; state: string } } // what the library itself goes by
  const isOpen = () => !socket.destroyed && outgoing.state === 'open'
  while (isOpen() && (outgoing.window === 0 || socket.writableLength > SFTP.unsentBytes)) await wait(20)
  return isOpen()
}
