import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A port that stays free while a server behind it is away. It lies below those that systems give to whoever asks for any (32768 and
 * up on Linux): of those, another test's server or an outgoing connection may take it meanwhile, even the very call that asks whether
 * the server is back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    if (await canListen(port)) return port
  }
}

function canListen(port: number): Promise<boolean> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
