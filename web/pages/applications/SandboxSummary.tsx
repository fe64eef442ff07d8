import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { type ApplicationView, getSandbox, type SandboxView } from '../../../contract/applications.ts'
import { isOptionalApi } from '../../../rules/products.ts'
import { useLoaded } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { paths } from '../../paths.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { numberOf } from '../../language.ts'
import { texts } from './texts.ts'

/** What of the sandbox is set and what is missing, with the way to the settings. */
export function SandboxSummary({ application: { id, facts, callsLastDay } }: { application: ApplicationView }) {
  const sandbox = useLoaded(getSandbox, { params: { applicationId: id } })
  const { clock } = sandbox
  return (
    <Panel
      title={texts.sandbox}
      actions={
        <>
          {!facts.verifiedCall && (
            <MayButton needs="sandbox.develop" href={paths.iTest(id)} size="xs">
              {texts.makeFirstCall}
            </MayButton>
          )}
          <MayButton needs="sandbox.develop" href={paths.sandbox(id)} variant="default" size="xs">
            {texts.settings}
          </MayButton>
          <MayButton needs="sandbox.test" href={paths.acceptance(id)} variant="default" size="xs">
            {texts.acceptance}
          </MayButton>
          <Button component={Link} href={paths.requests(id)} variant="default" size="xs">
            {texts.requestLog}
          </Button>
        </>
      }
    >
      <KeyValues
        items={[
          { name: texts.clientId, value: sandbox.clientId, copy: sandbox.clientId },
          { name: texts.keySet, value: <KeyState keys={sandbox.keys} /> },
          ...sandbox.notificationUrls.filter(isWanted).map(({ api, url }) => ({
            name: texts.urlOf(api),
            value: <SetOrNot isSet={url !== null} yes={texts.urlIsSet} no={texts.urlIsMissing} />,
          })),
          {
            name: texts.verifiedCall,
            value: <SetOrNot isSet={facts.verifiedCall} yes={texts.verifiedYes} no={texts.verifiedNo} />,
          },
          ...(clock.offsetSeconds > 0 ? [{ name: texts.clockAhead, value: <Moment at={clock.now} /> }] : []),
          {
            name: texts.cases,
            value: (
              <StateWord
                tone={facts.cases.required > 0 && facts.cases.passed === facts.cases.required ? 'good' : 'plain'}
              >
                {texts.casesPassed(facts.cases.passed, facts.cases.required)}
              </StateWord>
            ),
          },
          { name: texts.callsLastDay, value: numberOf(callsLastDay) },
        ]}
      />
    </Panel>
  )
}

type Url = SandboxView['notificationUrls'][number]
/** What may stay unset is not called missing. */
const isWanted = ({ api, url }: Url) => url !== null || !isOptionalApi(api)

function SetOrNot({ isSet, yes, no }: { isSet: boolean; yes: string; no: string }) {
  return <StateWord tone={isSet ? 'good' : 'plain'}>{isSet ? yes : no}</StateWord>
}

/** The key that verifies calls now, and the one that waits to replace it. */
function KeyState({ keys }: { keys: SandboxView['keys'] }) {
  const active = keys.find(({ state }) => state === 'active')
  const waiting = keys.find(({ state }) => state === 'waiting')
  if (!active && !waiting) return <StateWord tone="plain">{texts.keyIsMissing}</StateWord>
  return (
    <span className="row">
      {active?.provedAt && <StateWord tone="good">{texts.keyProved(active.version)}</StateWord>}
      {active && !active.provedAt && <StateWord tone="wait">{texts.keyUnproved(active.version)}</StateWord>}
      {waiting && <StateWord tone="wait">{texts.keyWaiting(waiting.version)}</StateWord>}
    </span>
  )
}
