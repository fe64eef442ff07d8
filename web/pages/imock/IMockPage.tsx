import { Radio } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { getApplication } from '../../../contract/applications.ts'
import { getMock, type MockView, startMock, stopMock } from '../../../contract/mocks.ts'
import { MOCK_HEADERS, MOCK_MINUTES, MOCK_MODES } from '../../../rules/mock.ts'
import { query, useLoaded, useSend } from '../../api.ts'
import { docs } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { samplesFor } from '../../parts/calls/samples.ts'
import { toast } from '../../parts/toast.ts'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { draftOf, isFieldRight, rulesOf } from './draft.ts'
import { AdvancedRules, BasicRules } from './Rules.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getMock, { params: { applicationId } }),
]

export function Page({ params: { applicationId } }: At) {
  const application = useLoaded(getApplication, { params: { applicationId } })
  const { running } = useLoaded(getMock, { params: { applicationId } })
  const apis = [...new Set(samplesFor(application).map(({ api }) => api))]
  return (
    <>
      <PageHead title={texts.title} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.lead} <a href={docs.iMock}>{texts.guide}</a>
      </PageHead>
      <div className="stack">
        {running && <Running applicationId={applicationId} running={running} />}
        <Rules applicationId={applicationId} running={running} apis={apis} />
      </div>
    </>
  )
}

type Props = { applicationId: string; running: MockView['running'] }

function Running({ applicationId, running }: { applicationId: string; running: NonNullable<MockView['running']> }) {
  const stop = useSend(stopMock, () => toast(texts.stopped))
  return (
    <Panel
      title={texts.running}
      actions={
        <MayButton
          needs="sandbox.develop"
          variant="default"
          loading={stop.isPending}
          onClick={() => stop.mutate({ params: { applicationId } })}
        >
          {texts.stop}
        </MayButton>
      }
    >
      <div className="stack">
        {stop.error && <ProblemNotice problem={stop.error.problem} />}
        <KeyValues
          items={[
            { name: texts.runningMode, value: `${texts.modes[running.mode]} · ${texts.rules(running.rules.length)}` },
            { name: texts.until, value: <Moment at={running.endsAt} /> },
            { name: texts.startedBy, value: running.startedBy },
          ]}
        />
        <CodeBlock title={texts.headers} note={texts.headersNote} text={HEADER_LINES} />
      </div>
    </Panel>
  )
}

const HEADER_LINES = Object.entries(MOCK_HEADERS)
  .map(([name, value]) => `${name}: ${value}`)
  .join('\n')

function Rules({ applicationId, running, apis }: Props & { apis: readonly string[] }) {
  const [draft, setDraft] = useState(() => draftOf(running, apis[0] ?? ''))
  const [isJudged, setJudged] = useState(false)
  const send = useSend(startMock, () => toast(texts.started))
  const rules = rulesOf(draft)
  const isRight = rules.length > 0 && rules.every(({ field }) => field === null || isFieldRight(field))
  const start = (event: SyntheticEvent) => {
    event.preventDefault()
    setJudged(!isRight)
    const minutes = MOCK_MINUTES.find((count) => count === draft.minutes) ?? MOCK_MINUTES[0]
    if (isRight) send.mutate({ params: { applicationId }, body: { mode: draft.mode, minutes, rules } })
  }
  const part = { apis, draft, isJudged, onChange: (change: Partial<typeof draft>) => setDraft({ ...draft, ...change }) }
  return (
    <Panel title={texts.set}>
      <form className="stack" noValidate onSubmit={start}>
        {send.error && <ProblemNotice problem={send.error.problem} />}
        <Radio.Group
          label={texts.mode}
          value={draft.mode}
          onChange={(value) => part.onChange({ mode: value === 'advanced' ? 'advanced' : 'basic' })}
        >
          <div className="stack-tight">
            {MOCK_MODES.map((mode) => (
              <Radio key={mode} value={mode} label={texts.modes[mode]} description={texts.about[mode]} />
            ))}
          </div>
        </Radio.Group>
        {draft.mode === 'basic' ? <BasicRules {...part} /> : <AdvancedRules {...part} />}
        {isJudged && rules.length === 0 && <Notice tone="bad">{texts.noneChosen}</Notice>}
        <Radio.Group
          label={texts.minutes}
          value={String(draft.minutes)}
          onChange={(value) => part.onChange({ minutes: Number(value) })}
        >
          <div className="row">
            {MOCK_MINUTES.map((minutes) => (
              <Radio key={minutes} value={String(minutes)} label={texts.minutesOf(minutes)} />
            ))}
          </div>
        </Radio.Group>
        <div className="row">
          <MayButton needs="sandbox.develop" type="submit" loading={send.isPending}>
            {running ? texts.restart : texts.start}
          </MayButton>
        </div>
      </form>
    </Panel>
  )
}
