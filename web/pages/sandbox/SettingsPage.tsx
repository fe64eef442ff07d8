import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { getApplication, getSandbox, type SandboxView, setNotificationUrl } from '../../../contract/applications.ts'
import { challengeSandboxKey, getKeyUse, proveSandboxKey } from '../../../contract/keys.ts'
import { listPairs } from '../../../contract/pairs.ts'
import { getRelay } from '../../../contract/relays.ts'
import { getSftp } from '../../../contract/reports.ts'
import { query, useLoaded } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { docs, paths } from '../../paths.ts'
import { NotificationUrlForm } from '../../parts/environment/NotificationUrlForm.tsx'
import { ProofPanel } from '../../parts/environment/ProofPanel.tsx'
import { UrlForms } from '../../parts/environment/UrlForms.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { TestWallet } from '../../parts/TestWallet.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ClockPanel } from './ClockPanel.tsx'
import { InboxOffer } from './InboxOffer.tsx'
import { KeyPanel } from './KeyPanel.tsx'
import { PairsPanel } from './PairsPanel.tsx'
import { RelayPanel } from './RelayPanel.tsx'
import { SettingsContents } from './SettingsContents.tsx'
import { SftpPanel } from './SftpPanel.tsx'
import { TestMerchantPanel } from './TestMerchantPanel.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { relayTexts } from './relay-texts.ts'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getSandbox, { params: { applicationId } }),
  query(getKeyUse, { params: { applicationId } }),
  query(listPairs, { params: { applicationId } }),
  query(getSftp, { params: { applicationId } }),
  query(getRelay, { params: { applicationId } }),
]

export function Page({ params: { applicationId }, search }: At) {
  const sandbox = useLoaded(getSandbox, { params: { applicationId } })
  const application = useLoaded(getApplication, { params: { applicationId } })
  const isWallet = application.partnerType === 'wallet'
  const sftp = useLoaded(getSftp, { params: { applicationId } })
  const isEditing = search.get('edit') === 'key'
  const waiting = sandbox.keys.find(({ state }) => state === 'waiting')
  // The forms begin anew with what the inbox has put into them.
  const [filled, setFilled] = useState(0)
  return (
    <>
      <PageHead title={texts.settings} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.settingsLead}
      </PageHead>
      <div className="stack">
        <SettingsContents isWallet={isWallet} />
        <Integration sandbox={sandbox} />
        <KeyPanel applicationId={applicationId} sandbox={sandbox} isEditing={isEditing} />
        {waiting && !isEditing && (
          <ProofPanel
            key={waiting.challenge?.text}
            applicationId={applicationId}
            proofKey={waiting}
            needs="sandbox.develop"
            challenge={challengeSandboxKey}
            prove={proveSandboxKey}
          />
        )}
        <Panel title={texts.urls} lead={texts.urlsLead} id="urls">
          {sandbox.notificationUrls.length === 0 && (
            <EmptyState
              kind="nothing-yet"
              title={texts.noUrls}
              action={
                <>
                  <Button component={Link} href={paths.application(applicationId)} variant="default" size="xs">
                    {texts.toProducts}
                  </Button>
                  <a href={docs.notifications}>{texts.notificationsGuide}</a>
                </>
              }
            >
              {texts.noUrlsWhy}
            </EmptyState>
          )}
          <div className="stack">
            {sandbox.notificationUrls.length > 0 && (
              <p className="muted small">
                {relayTexts.urlHint} <a href="#relay">{relayTexts.relay}</a>
              </p>
            )}
            <InboxOffer
              applicationId={applicationId}
              urls={sandbox.notificationUrls}
              onSet={() => setFilled(filled + 1)}
            />
            <UrlForms urls={sandbox.notificationUrls}>
              {({ api, url }) => (
                <NotificationUrlForm
                  key={`${api} ${filled}`}
                  applicationId={applicationId}
                  endpoint={setNotificationUrl}
                  api={api}
                  url={url}
                />
              )}
            </UrlForms>
          </div>
        </Panel>
        <RelayPanel applicationId={applicationId} center={sandbox.gatewayEndpoint} />
        <SftpPanel applicationId={applicationId} sftp={sftp} />
        <TestWallet url={sandbox.testWalletUrl} application={application.name} />
        {!isWallet && <TestMerchantPanel applicationId={applicationId} center={sandbox.gatewayEndpoint} />}
        <PairsPanel applicationId={applicationId} />
        <ClockPanel applicationId={applicationId} clock={sandbox.clock} />
      </div>
    </>
  )
}

function Integration({ sandbox }: { sandbox: SandboxView }) {
  const values: [string, string | null][] = [
    [texts.gatewayEndpoint, sandbox.gatewayEndpoint],
    [texts.clientId, sandbox.clientId],
    [texts.participantId, sandbox.participantId],
    [texts.testAcquirerId, sandbox.testAcquirerId],
    [texts.customerId, sandbox.customerId],
    [texts.certificationType, sandbox.certificationType],
  ]
  return (
    <Panel title={texts.integration} id="integration">
      <KeyValues items={values.flatMap(([name, value]) => (value === null ? [] : [{ name, value, copy: value }]))} />
    </Panel>
  )
}
