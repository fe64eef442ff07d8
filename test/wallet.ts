/** A wallet partner's server: pays, is inquired, cancels and refunds as a test tells it to, and keeps count. */
import type { ServerResponse } from 'node:http'
import { createApplication, setNotificationUrl, setSandboxKey } from '../contract/applications.ts'
import { joinWallet, newPairingCode } from '../contract/pairs.ts'
import type { makeIntegration } from './make.ts'
import { makeMember, makePartner } from './make.ts'
import { type ReceivedNotification, TestPartner } from './partner.ts'
import type { Center } from './start.ts'

type Json = Record<string, unknown>
const APIS = ['pay', 'inquiryPayment', 'cancelPayment', 'refund'] as const
export type WalletApi = (typeof APIS)[number]

/** Undefined: the connection breaks. `hang`: it stays open, and nothing comes. */
export type Script = Partial<Record<WalletApi, (body: Json) => Json | 'hang' | undefined>>

export const result = (resultStatus: 'S' | 'F' | 'U', resultCode: string) => ({
  result: { resultStatus, resultCode, resultMessage: '' },
})
export const SUCCESS = result('S', 'SUCCESS')

/** A wallet partner with an application that is ready; `calls` is what came, by interface. */
export async function makeWallet(center: Center) {
  const partner = await makePartner(center, ['wallet'])
  const developer = await makeMember(center, partner)
  const application = await developer.do(createApplication, {
    body: {
      name: 'Tide Wallet',
      partnerType: 'wallet',
      description: '',
      products: ['user_presented', 'merchant_presented', 'cashier'],
    },
  })
  const params = { applicationId: application.id }
  const server = await TestPartner.start(center.origin)
  const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  for (const api of APIS) {
    await developer.do(setNotificationUrl, { params: { ...params, api }, body: { url: server.urlOf(api) } })
  }
  const wallet = { partner, developer, application, params, server, sandbox, script: {} as Script }
  server.acknowledge = (received, response) => answer(wallet, received, response)
  const calls = (api: WalletApi) => server.received.filter(({ uri }) => uri === `/${api}`)
  return Object.assign(wallet, { calls })
}

function answer(
  { server, script }: { server: TestPartner; script: Script },
  received: ReceivedNotification,
  response: ServerResponse,
) {
  const api = APIS.find((name) => received.uri === `/${name}`)
  const said = api === undefined ? undefined : (script[api] ?? (() => SUCCESS))(received.body)
  if (said === undefined) return void response.destroy()
  if (said === 'hang') return
  server.answerSigned(received, response, said)
}

type Wallet = Awaited<ReturnType<typeof makeWallet>>
type Acquirer = Pick<Awaited<ReturnType<typeof makeIntegration>>, 'developer' | 'application'>

/** The two pay each other from now on. */
export async function join(wallet: Wallet, { developer, application }: Acquirer) {
  const { code } = await wallet.developer.do(newPairingCode, { params: wallet.params })
  return developer.do(joinWallet, { params: { applicationId: application.id }, body: { code } })
}

/** A code that a payer shows with the app of this wallet. */
export async function codeOf({ server }: Wallet, customerId = 'payer-7'): Promise<string> {
  const { body } = await server.call('codes/getPaymentCode', { customerId, env: { osType: 'IOS' } })
  const [code] = (body.paymentCodes ?? []) as { paymentCode: string }[]
  if (!code) throw new Error(`No code: ${JSON.stringify(body)}`)
  return code.paymentCode
}
