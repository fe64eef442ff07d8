import { walletTexts } from '../../parts/wallet-texts.ts'
import { Contents } from '../../ui/Contents.tsx'
import { pairTexts } from './pair-texts.ts'
import { relayTexts } from './relay-texts.ts'
import { testMerchantTexts } from './test-merchant-texts.ts'
import { texts } from './texts.ts'

/** The parts of the settings, in their order on the page. Wallets have no Test Merchant. */
export function SettingsContents({ isWallet }: { isWallet: boolean }) {
  const parts = [
    { id: 'integration', title: texts.integration },
    { id: 'key', title: texts.publicKey },
    { id: 'urls', title: texts.urls },
    { id: 'relay', title: relayTexts.relay },
    { id: 'sftp', title: texts.sftp },
    { id: 'test-wallet', title: walletTexts.title },
    ...(isWallet ? [] : [{ id: 'test-merchant', title: testMerchantTexts.title }]),
    { id: 'pairs', title: pairTexts.title[isWallet ? 'wallet' : 'acquirer'] },
    { id: 'clock', title: texts.clock },
  ]
  return <Contents parts={parts} />
}
