import { getApplication } from '../../../contract/applications.ts'
import {
  challengeProductionKey,
  getProduction,
  type ProductionView,
  proveProductionKey,
} from '../../../contract/production.ts'
import { query, useLoaded } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { ProofPanel } from '../../parts/environment/ProofPanel.tsx'
import { toPem } from '../../parts/environment/pem.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { KeyPanel } from './KeyPanel.tsx'
import { texts } from './texts.ts'
import { UrlPanel } from './UrlPanel.tsx'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getProduction, { params: { applicationId } }),
]

export function Page({ params: { applicationId }, search }: At) {
  const production = useLoaded(getProduction, { params: { applicationId } })
  const waiting = production.keys.find(({ state }) => state === 'waiting')
  const isEditing = search.get('edit') === 'key'
  return (
    <>
      <PageHead title={texts.settings} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.settingsLead}
      </PageHead>
      <div className="stack">
        <Integration production={production} />
        <KeyPanel applicationId={applicationId} production={production} isEditing={isEditing} />
        {waiting && !isEditing && (
          <ProofPanel
            applicationId={applicationId}
            proofKey={waiting}
            needs="production.configure"
            challenge={challengeProductionKey}
            prove={proveProductionKey}
          />
        )}
        <UrlPanel applicationId={applicationId} urls={production.notificationUrls} />
      </div>
    </>
  )
}

function Integration({ production: { clientId, gatewayEndpoint, networkPublicKey } }: { production: ProductionView }) {
  return (
    <Panel title={texts.integration}>
      <div className="stack">
        <KeyValues
          items={[
            { name: texts.clientId, value: clientId, copy: clientId },
            gatewayEndpoint === null
              ? { name: texts.gatewayEndpoint, value: <span className="muted">{texts.gatewayLater}</span> }
              : { name: texts.gatewayEndpoint, value: gatewayEndpoint, copy: gatewayEndpoint },
          ]}
        />
        {networkPublicKey !== null && (
          <CodeBlock
            title={texts.networkKey}
            note={texts.networkKeyNote}
            text={toPem('PUBLIC KEY', networkPublicKey).trimEnd()}
          />
        )}
      </div>
    </Panel>
  )
}
