import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { onTestFinished, expect, test } from 'vitest'
import { OUTGOING } from '../../rules/limits.ts'
import { newResolve } from './resolve.ts'

const A = 1
const AAAA = 28

/** A DNS server that answers to questions for a record what it is told, and to others not at all. */
async function dnsServer(addresses: Record<number, Buffer>) {
  const socket = createSocket('udp4')
  const asked: number[] = []
  socket.on('message', (question, from) => {
    const type = question.readUInt16BE(question.indexOf(0, 12) + 1)
    asked.push(type)
    const address = addresses[type]
    if (address) socket.send(answerTo(question, type, address), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => void socket.close())
  return { server: `127.0.0.1:${socket.address().port}`, asked }
}

/** RFC 1035, 4.1: the question again, and one record with this address; none where it is empty. */
function answerTo(question: Buffer, type: number, address: Buffer): Buffer {
  const end = question.indexOf(0, 12) + 5
  const header = Buffer.from(question.subarray(0, 12))
  header.writeUInt16BE(0x8180, 2)
  header.writeUInt16BE(address.length > 0 ? 1 : 0, 6)
  header.writeUInt32BE(0, 8)
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length])
  const found = address.length > 0 ? [record, address] : []
  return Buffer.concat([header, question.subarray(12, end), ...found])
}

const V4 = Buffer.from([93, 184, 216, 34])
const V6 = Buffer.from('26064700470000000000000000001111', 'hex')

test('finds the addresses of both families', async () => {
  const { server, asked } = await dnsServer({ [A]: V4, [AAAA]: V6 })
  expect(await newResolve([server])('pay.partner.example')).toEqual([
    { address: '93.184.216.34', family: 4 },
    { address: '2606:4700:4700::1111', family: 6 },
  ])
  expect(asked.sort((a, b) => a - b)).toEqual([A, AAAA])
})

test('is content with one family', async () => {
  const { server } = await dnsServer({ [A]: V4, [AAAA]: Buffer.alloc(0) })
  expect(await newResolve([server])('pay.partner.example')).toEqual([{ address: '93.184.216.34', family: 4 }])
})

test('knows localhost by itself', async () => {
  const { server, asked } = await dnsServer({})
  const addresses = await newResolve([server])('localhost')
  expect(addresses.map(({ address }) => address).filter((address) => !['127.0.0.1', '::1'].includes(address))).toEqual(
    [],
  )
  expect(asked).toEqual([])
})

test('names whose server is silent hold nobody up, and are given up in time', async () => {
  const { server } = await dnsServer({})
  const resolve = newResolve([server])
  const begun = performance.now()
  const silent = Promise.allSettled(Array.from({ length: 300 }, (_, i) => resolve(`n${i}.evil.example`)))
  const first = await Promise.race([
    silent.then(() => 'the silent ones'),
    lookup('localhost').then(() => 'another name'),
  ])
  expect(first).toBe('another name')
  expect((await silent).every(({ status }) => status === 'rejected')).toBe(true)
  expect(performance.now() - begun).toBeLessThan(OUTGOING.attemptMs + OUTGOING.resolveMs)
})
