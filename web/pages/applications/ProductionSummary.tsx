import type { ApplicationView } from '../../../contract/applications.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { StatusWord } from '../../parts/StatusWord.tsx'
import { paths } from '../../paths.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

/** Whether production is configured, and whether the application is live. */
export function ProductionSummary({ application: { id, status, facts } }: { application: ApplicationView }) {
  return (
    <Panel
      title={texts.production}
      actions={
        <>
          <MayButton needs="production.configure" href={paths.production(id)} variant="default" size="xs">
            {texts.settings}
          </MayButton>
          <MayButton needs="application.view" href={paths.launch(id)} variant="default" size="xs">
            {texts.launch}
          </MayButton>
        </>
      }
    >
      <KeyValues
        items={[
          {
            name: texts.configuration,
            value: (
              <StateWord tone={facts.productionReady ? 'good' : 'plain'}>
                {facts.productionReady ? texts.configured : texts.notConfigured}
              </StateWord>
            ),
          },
          { name: texts.status, value: <StatusWord status={status} /> },
        ]}
      />
    </Panel>
  )
}
