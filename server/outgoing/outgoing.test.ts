import { createServer as createHttp } from 'node:http'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { OUTGOING } from '../../rules/limits.ts'
import { EndpointBusy, newOutgoing } from './client.ts'
import { newResolve } from './resolve.ts'
import { ensureTarget, mayConnectTo, type Wall } from './wall.ts'

const closed: Wall = { allowLoopback: false, resolve: newResolve() }
const open: Wall = { allowLoopback: true, resolve: async () => [{ address: '127.0.0.1', family: 4 }] }

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => void server.close()))

describe('the wall', () => {
  test.each([
    '0.0.0.0',
    '10.0.0.5',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fd00::1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '::ffff:10.0.0.5',
    '::ffff:169.254.169.254',
    '::ffff:7f00:1',
    '64:ff9b::a00:5',
    '2002:0a00:0005::1',
    '2001:db8::1',
    '2001::1',
    '100::1',
    '::10.0.0.5',
    'not an address',
    '',
  ])('does not lead to %s', (address) => {
    expect(mayConnectTo(address, closed)).toBe(false)
  })

  test.each(['93.184.216.34', '8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('leads to %s', (address) => {
    expect(mayConnectTo(address, closed)).toBe(true)
  })

  const SPELLINGS = [
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://127.0.0.1./',
    'https://127.0.0.1%2f/',
    'https://①②⑦.0.0.1/',
    'https://10.0.0.5/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://localhost./',
    'https://LOCALHOST/',
  ]
  test.each(SPELLINGS)('is not fooled by the spelling %s', async (url) => {
    await expect(ensureTarget(url, closed)).rejects.toMatchObject({ name: 'Refusal' })
  })

  test('no spelling reaches a listener inside', async () => {
    let connections = 0
    const listener = createServer((socket) => {
      connections++
      socket.destroy()
    })
    servers.push(listener)
    await new Promise<void>((resolve) => listener.listen(8443, '127.0.0.1', resolve))
    const outgoing = newOutgoing(closed)
    for (const url of SPELLINGS) {
      const target = url.replace(/^(https:\/\/[^/]+)\//, '$1:8443/')
      await expect(outgoing.post(target, {}, Buffer.from('{}'))).rejects.toThrow()
    }
    expect(connections).toBe(0)
    await outgoing.close()
  })

  test('a name of which one address is inside is refused as a whole', async () => {
    const wall: Wall = {
      ...closed,
      resolve: async () => [
        { address: '8.8.8.8', family: 4 },
        { address: '::1', family: 6 },
      ],
    }
    await expect(ensureTarget('https://mixed.test/', wall)).rejects.toMatchObject({ code: 'url.not_public' })
  })
})

describe('the client', () => {
  async function answering(
    handler: Parameters<typeof createHttp>[1],
    watch: (server: Server) => void = () => undefined,
  ) {
    const server = createHttp(handler)
    watch(server)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/` // it listens on TCP
  }

  test('does not follow a redirect', async () => {
    let calls = 0
    const url = await answering((_request, response) => {
      calls++
      response.writeHead(307, { location: '/again' }).end()
    })
    const outgoing = newOutgoing(open)
    expect((await outgoing.post(url, {}, Buffer.from('{}'))).status).toBe(307)
    expect(calls).toBe(1)
    await outgoing.close()
  })

  test.each([
    [
      'an answer of more than 64 kB',
      (response: import('node:http').ServerResponse) => response.end('x'.repeat(70_000)),
    ],
    [
      'headers of more than 16 kB',
      (response: import('node:http').ServerResponse) => response.setHeader('x-large', 'x'.repeat(20_000)).end(),
    ],
    ['a reset', (response: import('node:http').ServerResponse) => response.destroy()],
  ])('gives up on %s', async (_name, answer) => {
    const url = await answering((_request, response) => void answer(response))
    const outgoing = newOutgoing(open)
    await expect(outgoing.post(url, {}, Buffer.from('{}'))).rejects.toThrow()
    await outgoing.close()
  })

  test('gives up after five seconds on a server that drips', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 100)
      response.on('close', () => clearInterval(drip))
    })
    const outgoing = newOutgoing(open)
    const begun = performance.now()
    await expect(outgoing.post(url, {}, Buffer.from('{}'))).rejects.toThrow()
    expect(performance.now() - begun).toBeLessThan(7000)
    await outgoing.close()
  })

  test('opens at most four connections to one endpoint', async () => {
    let now = 0
    let most = 0
    const url = await answering((_request, response) => {
      most = Math.max(most, ++now)
      setTimeout(() => {
        now--
        response.end()
      }, 50)
    })
    const outgoing = newOutgoing(open)
    await Promise.all(Array.from({ length: 16 }, () => outgoing.post(url, {}, Buffer.from('{}'))))
    expect(most).toBe(4)
    await outgoing.close()
  })

  test('lets few wait for a connection, sends nothing for those that are too many, and does not count others in', async () => {
    const held: (() => void)[] = []
    const url = await answering((_request, response) => void held.push(() => response.end()))
    const outgoing = newOutgoing(open)
    const call = (endpoint: string) => outgoing.post(url, {}, Buffer.from('{}'), endpoint)
    const mine = Array.from({ length: OUTGOING.connectionsPerEndpoint + OUTGOING.waitingPerEndpoint }, () => call('a'))
    await expect(call('a')).rejects.toBeInstanceOf(EndpointBusy)
    // The same host for somebody else: he has connections of his own.
    const theirs = call('b')
    await expect.poll(() => held.length).toBe(OUTGOING.connectionsPerEndpoint + 1)
    const drain = setInterval(() => held.splice(0).forEach((answer) => void answer()), 5)
    expect((await Promise.all([...mine, theirs])).every(({ status }) => status === 200)).toBe(true)
    clearInterval(drain)
    await outgoing.close()
  })

  test('holds no connection of a call that it gave up', async () => {
    let sockets = 0
    let most = 0
    const url = await answering(
      (request) => void request.resume(),
      (server) =>
        server.on('connection', (socket) => {
          most = Math.max(most, ++sockets)
          socket.on('close', () => sockets--)
        }),
    )
    const outgoing = newOutgoing(open)
    const calls = Array.from({ length: 8 }, () => outgoing.post(url, {}, Buffer.from('{}')).catch(() => 'given up'))
    expect(await Promise.all(calls)).toEqual(calls.map(() => 'given up'))
    await expect.poll(() => sockets).toBe(0)
    expect(most).toBeLessThanOrEqual(OUTGOING.connectionsPerEndpoint)
    await outgoing.close()
  })

  test.each([301, 302, 303, 307, 308])('does not follow %i, not even to where it could go', async (status) => {
    let inside = 0
    const target = await answering((_request, response) => {
      inside++
      response.end()
    })
    const url = await answering((_request, response) => void response.writeHead(status, { location: target }).end())
    const outgoing = newOutgoing(open)
    expect((await outgoing.post(url, {}, Buffer.from('{}'))).status).toBe(status)
    expect(await outgoing.probe(url)).toBe(status)
    expect(inside).toBe(0)
    await outgoing.close()
  })

  test('connects to no address but the one that was checked, however often the name changes', async () => {
    let connections = 0
    const listener = createServer((socket) => {
      connections++
      socket.destroy()
    })
    servers.push(listener)
    await new Promise<void>((resolve) => listener.listen(8443, '127.0.0.1', resolve))
    // Public when the URL is saved, inside when it is called: the look-up of the connection itself must see that.
    let asked = 0
    const wall: Wall = {
      allowLoopback: false,
      resolve: async () => [{ address: asked++ % 2 === 0 ? '93.184.216.34' : '127.0.0.1', family: 4 }],
    }
    const outgoing = newOutgoing(wall)
    for (let i = 0; i < 3; i++) {
      await ensureTarget('https://changing.test:8443/', wall)
      await expect(outgoing.post('https://changing.test:8443/', {}, Buffer.from('{}'))).rejects.toThrow()
    }
    expect(asked).toBe(6)
    expect(connections).toBe(0)
    await outgoing.close()
  })

  test('starts the clock of an attempt when its turn has come', async () => {
    const url = await answering((_request, response) => void setTimeout(() => response.end(), 1400))
    const outgoing = newOutgoing(open)
    const answers = await Promise.all(Array.from({ length: 16 }, () => outgoing.post(url, {}, Buffer.from('{}'))))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    await outgoing.close()
  })
})
