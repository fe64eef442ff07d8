import type { SandboxView } from '../../../contract/applications.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { docs, paths } from '../../paths.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { KeyForm } from './KeyForm.tsx'
import { toPem } from './pem.ts'
import { texts } from './texts.ts'

const TONES = { active: 'good', waiting: 'wait', retired: 'plain' } as const

type Props = { applicationId: string; sandbox: SandboxView; isEditing: boolean }

/** The partner's key in its versions, and the network's in return. */
export function KeyPanel({ applicationId, sandbox, isEditing }: Props) {
  const hasKey = sandbox.keys.length > 0
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
        {isEditing && <KeyForm applicationId={applicationId} isReplacement={hasKey} />}
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
        {sandbox.networkPublicKey !== null && (
          <CodeBlock
            title={texts.networkKey}
            note={texts.networkKeyNote}
            text={toPem('PUBLIC KEY', sandbox.networkPublicKey).trimEnd()}
          />
        )}
        {hasKey && <Versions keys={sandbox.keys} />}
      </div>
    </Panel>
  )
}

function Versions({ keys }: { keys: SandboxView['keys'] }) {
  return (
    <DataTable
      caption={texts.keys}
      rows={keys}
      rowKey={({ version }) => String(version)}
      columns={[
        { title: texts.version, cell: ({ version }) => version },
        { title: texts.state, cell: ({ state }) => <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord> },
        { title: texts.proved, cell: ({ provedAt }) => (provedAt ? <Moment at={provedAt} /> : texts.notProved) },
        { title: texts.fingerprint, cell: ({ fingerprint }) => <code>{fingerprint}</code>, wide: true },
        { title: texts.bits, cell: ({ bits }) => bits, numeric: true },
        {
          title: texts.setAt,
          cell: ({ setAt, setBy }) => (
            <>
              <Moment at={setAt} /> {texts.setBy} {setBy}
            </>
          ),
          wide: true,
        },
      ]}
    />
  )
}
