import { site } from '../../../contract/accounts.ts'
import { programOf } from '../../../rules/fixes.ts'
import { useLoaded } from '../../api.ts'
import { LanguageTabs } from '../../parts/doctor/LanguageTabs.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { texts } from './texts.ts'

/** The same call as a whole program, with the reader's own values in it. */
export function FromServer({ uri, clientId }: { uri: string; clientId: string }) {
  const { gatewayOrigin } = useLoaded(site)
  return (
    <Panel title={texts.fromServer} lead={texts.fromServerLead}>
      <LanguageTabs codeIn={(language) => programOf(language, { origin: gatewayOrigin, uri, clientId })} />
    </Panel>
  )
}
