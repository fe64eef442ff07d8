import { useState } from 'react'
import type { SandboxView } from '../../../contract/applications.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { getKeyUse, restoreSandboxKey, retireSandboxKey } from '../../../contract/keys.ts'
import { useLive, useSend } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { KeyVersions } from '../../parts/environment/KeyVersions.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

type Key = SandboxView['keys'][number]
type Use = Output<typeof getKeyUse>['items'][number]

/** A week of calls is counted each time. */
const POLL_MS = 30_000

/** The versions with their live use, and the way out of use and back. */
export function SandboxKeys({ applicationId, keys }: { applicationId: string; keys: readonly Key[] }) {
  const { data } = useLive(POLL_MS, getKeyUse, { params: { applicationId } })
  const [asked, setAsked] = useState<number>()
  const retire = useSend(retireSandboxKey, () => toast(texts.keyRetired))
  const restore = useSend(restoreSandboxKey, () => toast(texts.keyRestored))
  const figuresOf = (version: number) => data.items.find((one) => one.version === version)
  const isUsed = (version: number) => (figuresOf(version)?.lastDay ?? 0) > 0
  const problem = retire.error?.problem ?? restore.error?.problem
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <KeyVersions
        keys={keys}
        states={texts.states}
        more={[
          {
            title: texts.keyUse,
            cell: ({ version, state }) => (
              <span className="stack-tight">
                {figuresText(figuresOf(version))}
                <Meter use={figuresOf(version)} state={state} />
              </span>
            ),
          },
          {
            title: texts.keyActions,
            cell: ({ version, state }) => (
              <MayButton
                needs="sandbox.develop"
                variant="default"
                size="compact-sm"
                aria-label={state === 'retired' ? texts.restoreOf(version) : texts.retireOf(version)}
                onClick={() =>
                  state === 'retired' ? restore.mutate({ params: { applicationId, version } }) : setAsked(version)
                }
              >
                {state === 'retired' ? texts.restoreKey : texts.retireKey}
              </MayButton>
            ),
          },
        ]}
      />
      {asked !== undefined && (
        <ConfirmDialog
          title={texts.retireTitle(asked)}
          text={isUsed(asked) ? texts.retireUsed(numberOf(figuresOf(asked)?.lastDay ?? 0)) : texts.retireUnused}
          confirm={texts.retireKey}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous={isUsed(asked)}
          onConfirm={() =>
            retire.mutate({ params: { applicationId, version: asked }, body: { evenIfUsed: isUsed(asked) } })
          }
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

const figuresText = (use: Use | undefined) =>
  use && [use.lastHour, use.lastDay, use.lastWeek].map((count) => numberOf(count)).join(' · ')

/** Whether anything would be missed. */
function Meter({ use, state }: { use: Use | undefined; state: Key['state'] }) {
  if (use === undefined || state === 'retired') return null
  if (use.lastDay > 0) return <StateWord tone="wait">{texts.meter.inUse}</StateWord>
  return use.lastWeek > 0 ? (
    <StateWord tone="info">{texts.meter.quiet}</StateWord>
  ) : (
    <StateWord tone="good">{texts.meter.safe}</StateWord>
  )
}
