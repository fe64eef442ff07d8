/**
 * P5: the same call against mock servers that verify nothing and store nothing. They are installed into a folder of their own by this
 * bench, and are no dependency of the project; where the registry cannot be reached the bench says so and is skipped.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../test/port.ts'
import { openBenchCenter } from './center.ts'
import { payFromPool, signedPool } from './pool.ts'
import { compare, line } from './protocol.ts'
import { ROUNDS } from './wrk.ts'

const PATH = '/aps/api/v1/payments/pay'
/** What the load counts as paid: a signed answer that says so. The mocks' is of course no signature. */
const ANSWER = {
  headers: { signature: 'algorithm=RSA256,keyVersion=1,signature=none' },
  body: { result: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U', resultMessage: 'Payment in process.' } },
}

type Mock = {
  name: string
  /** The package with its version. */
  source: string
  bar: number
  command: (folder: string, port: number) => string[]
}

const MOCKS: Mock[] = [
  {
    name: 'Prism',
    source: '@stoplight/prism-cli@5.14.2',
    bar: 1,
    command(folder, port) {
      const file = join(folder, 'openapi.json')
      writeFileSync(file, JSON.stringify(OPENAPI))
      return [
        join(folder, 'node_modules/.bin/prism'),
        'mock',
        file,
        '-p',
        String(port),
        '-h',
        '127.0.0.1',
        '-v',
        'error',
      ]
    },
  },
  {
    name: 'Mockoon',
    source: '@mockoon/cli@9.9.0',
    bar: 1.5,
    command(folder, port) {
      const file = join(folder, 'mockoon.json')
      writeFileSync(file, JSON.stringify(mockoonOf(port)))
      const quiet = ['--disable-log-to-file', '--disable-admin-api']
      return [join(folder, 'node_modules/.bin/mockoon-cli'), 'start', '--data', file, '--port', String(port), ...quiet]
    },
  },
]

const OPENAPI = {
  openapi: '3.0.3',
  info: { title: 'Pay', version: '1' },
  paths: {
    [PATH]: {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', required: ['paymentRequestId'] } } },
        },
        responses: {
          200: {
            description: 'The answer.',
            headers: { signature: { schema: { type: 'string', example: ANSWER.headers.signature } } },
            content: { 'application/json': { example: ANSWER.body } },
          },
        },
      },
    },
  },
}

const mockoonOf = (port: number) => ({
  uuid: '00000000-0000-4000-8000-000000000001',
  lastMigration: 33,
  name: 'Pay',
  port,
  hostname: '127.0.0.1',
  endpointPrefix: '',
  latency: 0,
  folders: [],
  routes: [
    {
      uuid: '00000000-0000-4000-8000-000000000002',
      type: 'http',
      method: 'post',
      endpoint: PATH.slice(1),
      responses: [
        {
          uuid: '00000000-0000-4000-8000-000000000003',
          body: JSON.stringify(ANSWER.body),
          latency: 0,
          statusCode: 200,
          label: '',
          headers: [
            { key: 'content-type', value: 'application/json' },
            { key: 'signature', value: ANSWER.headers.signature },
          ],
          bodyType: 'INLINE',
          filePath: '',
          databucketID: '',
          sendFileAsBody: false,
          rules: [],
          rulesOperator: 'OR',
          disableTemplating: true,
          fallbackTo404: false,
          default: true,
          crudKey: 'id',
          callbacks: [],
        },
      ],
      responseMode: null,
      streamingMode: null,
      streamingInterval: 0,
    },
  ],
  rootChildren: [{ type: 'route', uuid: '00000000-0000-4000-8000-000000000002' }],
  proxyMode: false,
  proxyHost: '',
  proxyRemovePrefix: false,
  tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
  cors: false,
  headers: [],
  proxyReqHeaders: [],
  proxyResHeaders: [],
  data: [],
  callbacks: [],
})

export async function benchMocks(): Promise<string[]> {
  const lines: string[] = []
  for (const mock of MOCKS) lines.push(...(await benchMock(mock)))
  return lines
}

async function benchMock(mock: Mock): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-mock-'))
  try {
    if (!install(mock.source, folder)) return [`P5 ${mock.name}: skipped, ${mock.source} could not be installed.`]
    return await measure(mock, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function install(source: string, folder: string): boolean {
  try {
    const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error']
    execFileSync('npm', ['install', '--prefix', folder, ...quiet, source], { stdio: 'ignore', timeout: 300_000 })
    return true
  } catch {
    return false
  }
}

async function measure(mock: Mock, folder: string): Promise<string[]> {
  const port = await freePort()
  const child = spawn('taskset', ['-c', '0', ...mock.command(folder, port)], { cwd: folder, stdio: 'ignore' })
  const origin = `http://127.0.0.1:${port}`
  const center = await openBenchCenter()
  try {
    await untilAnswered(origin, child)
    const pool = (round: number) => {
      const file = join(folder, `pool-${round}.txt`)
      writeFileSync(file, signedPool(center.server, round))
      return file
    }
    const measured = await compare(
      ROUNDS,
      async () => payFromPool(origin, pool(0)).perSecond,
      async (round) => payFromPool(center.origin, pool(round + 1)).perSecond,
    )
    const words = `${measured.ours.toFixed(0)}/s to ${measured.baseline.toFixed(0)}/s = ${measured.ratio.toFixed(2)}`
    const verdict = measured.void ? 'void' : measured.ratio >= mock.bar
    return [
      line(`P5 payment against ${mock.name}`, `>= ${mock.bar.toFixed(1)} of ${mock.name}`, words, verdict),
      `  load average ${measured.load}`,
    ]
  } finally {
    child.kill()
    await center.close()
  }
}

async function untilAnswered(origin: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The mock server ended with ${child.exitCode}.`)
    if (performance.now() > deadline) throw new Error('The mock server does not answer.')
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"paymentRequestId":"x"}',
    }
    const text = await fetch(`${origin}${PATH}`, request).then(
      (response) => response.text(),
      () => '',
    )
    if (text.includes('PAYMENT_IN_PROCESS')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
