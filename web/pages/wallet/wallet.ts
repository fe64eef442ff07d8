import type { Output } from '../../../contract/endpoint.ts'
import type { getWallet } from '../../../contract/wallet.ts'

/** The Test Wallet of an application, as its page shows it. */
export type Wallet = Output<typeof getWallet>
