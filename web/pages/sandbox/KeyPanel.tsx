import { Link } from 'wouter'
import { type SandboxView, setSandboxKey } from '../../../contract/applications.ts'
import { KeyForm } from '../../parts/environment/KeyForm.tsx'
import { toPem } from '../../parts/environment/pem.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { docs, paths } from '../../paths.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SandboxKeys } from './SandboxKeys.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; sandbox: SandboxView; isEditing: boolean }

/** The partner's key in its versions, and the network's in return. */
export function KeyPanel({ applicationId, sandbox, isEditing }: Props) {
  const hasKey = sandbox.keys.length > 0
  const isUnused = hasKey && sandbox.keys.every(({ provedAt }) => provedAt === null)
  const change = (
    <MayButton
      needs="sandbox.develop"
      href={paths.sandbox(applicationId, 'key')}
      variant={hasKey ? 'default' : 'filled'}
    >
      {hasKey ? texts.editKey : texts.setKey}
    </MayButton>
  )
  return (
    <Panel title={texts.publicKey} id="key" actions={hasKey && !isEditing && change}>
      <div className="stack">
        {isEditing && (
          <KeyForm
            applicationId={applicationId}
            endpoint={setSandboxKey}
            environment="sandbox"
            lead={hasKey ? texts.replaceLead : null}
            back={paths.sandbox(applicationId)}
          />
        )}
        {!hasKey && !isEditing && (
          <EmptyState
            kind="nothing-yet"
            title={texts.noKey}
            action={
              <>
                {change}
                <a href={docs.signing}>{texts.signingGuide}</a>
              </>
            }
          >
            {texts.noKeyWhy}
          </EmptyState>
        )}
        {isUnused && !isEditing && (
          <Notice tone="info">
            <span>
              {texts.keyUnused} <Link href={paths.iTest(applicationId)}>{texts.toITest}</Link>
            </span>
          </Notice>
        )}
        {sandbox.networkPublicKey !== null && (
          <CodeBlock
            title={texts.networkKey}
            note={texts.networkKeyNote}
            text={toPem('PUBLIC KEY', sandbox.networkPublicKey).trimEnd()}
          />
        )}
        {hasKey && <SandboxKeys applicationId={applicationId} keys={sandbox.keys} />}
      </div>
    </Panel>
  )
}
