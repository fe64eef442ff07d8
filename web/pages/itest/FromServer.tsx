import { site } from '../../../contract/accounts.ts'
import { getApplication, type SandboxView } from '../../../contract/applications.ts'
import { PROGRAM_FILES, programOf } from '../../../rules/fixes.ts'
import { useLoaded } from '../../api.ts'
import { LanguageTabs } from '../../parts/doctor/LanguageTabs.tsx'
import { keyFileName } from '../../parts/environment/make-pair.ts'
import { Panel } from '../../ui/Panel.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; sandbox: SandboxView; uri: string }

/** The same call as a whole program, with the reader's own values in it. */
export function FromServer({ applicationId, sandbox, uri }: Props) {
  const { gatewayOrigin } = useLoaded(site)
  const { name } = useLoaded(getApplication, { params: { applicationId } })
  const keyFile = keyFileName(name, 'sandbox')
  // The network gives its key in return for the first one of the application.
  const networkKey = sandbox.networkPublicKey ?? 'SET_YOUR_KEY_FIRST'
  const facts = { origin: gatewayOrigin, uri, clientId: sandbox.clientId, networkKey, keyFile }
  return (
    <Panel title={texts.fromServer} lead={texts.fromServerLead(keyFile)}>
      <LanguageTabs
        codeIn={(language) => programOf(language, facts)}
        noteIn={(language) => texts.runIt(PROGRAM_FILES[language].file, PROGRAM_FILES[language].command)}
      />
    </Panel>
  )
}
