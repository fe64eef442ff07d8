import { useState } from 'react'
import { type ProductionView, retireProductionKey, setProductionKey } from '../../../contract/production.ts'
import { useSend } from '../../api.ts'
import { KeyForm } from '../../parts/environment/KeyForm.tsx'
import { KeyVersions } from '../../parts/environment/KeyVersions.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { docs, paths } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; production: ProductionView; isEditing: boolean }

/** The production key in its versions: set, proved, retired. */
export function KeyPanel({ applicationId, production: { keys }, isEditing }: Props) {
  const hasKey = keys.length > 0
  const [toRetire, setToRetire] = useState<number>()
  const retire = useSend(retireProductionKey, () => toast(texts.retired))
  const change = (
    <MayButton
      needs="production.configure"
      href={paths.production(applicationId, 'key')}
      variant={hasKey ? 'default' : 'filled'}
    >
      {hasKey ? texts.editKey : texts.setKey}
    </MayButton>
  )
  return (
    <Panel title={texts.publicKey} id="key" actions={hasKey && !isEditing && change}>
      <div className="stack">
        {retire.error && <ProblemNotice problem={retire.error.problem} />}
        {isEditing && (
          <KeyForm
            applicationId={applicationId}
            endpoint={setProductionKey}
            environment="production"
            lead={hasKey ? texts.replaceLead : null}
            back={paths.production(applicationId)}
          />
        )}
        {!hasKey && !isEditing && (
          <EmptyState
            kind="nothing-yet"
            title={texts.noKey}
            action={
              <>
                {change}
                <a href={docs.launch}>{texts.guide}</a>
              </>
            }
          >
            {texts.noKeyWhy}
          </EmptyState>
        )}
        {hasKey && (
          <KeyVersions
            keys={keys}
            states={texts.states}
            more={[
              {
                title: texts.actions,
                cell: ({ version, state }) =>
                  state !== 'retired' && (
                    <MayButton
                      needs="production.configure"
                      variant="default"
                      size="compact-sm"
                      aria-label={texts.retireOf(version)}
                      onClick={() => setToRetire(version)}
                    >
                      {texts.retire}
                    </MayButton>
                  ),
              },
            ]}
          />
        )}
      </div>
      {toRetire !== undefined && (
        <ConfirmDialog
          title={texts.retireTitle(toRetire)}
          text={texts.retireText}
          confirm={texts.retire}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={() => retire.mutate({ params: { applicationId, version: toRetire } })}
          onClose={() => setToRetire(undefined)}
        />
      )}
    </Panel>
  )
}
