import { Button, Tabs } from '@mantine/core'
import { Link } from 'wouter'
import { getSandbox } from '../../../contract/applications.ts'
import { getInboxCall, type InboxCallView } from '../../../contract/inbox.ts'
import { acknowledgementOf } from '../../../rules/acknowledgements.ts'
import { NOTIFICATION_SAMPLES } from '../../../rules/inotify.ts'
import { FAMILIES } from '../../../rules/interfaces.ts'
import { useLoaded } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { LanguageTabs } from '../../parts/doctor/LanguageTabs.tsx'
import { docs, paths } from '../../paths.ts'
import { CodeBlock, readable } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { headerText } from '../sandbox/header-text.ts'
import { NotificationStateWord } from '../sandbox/NotificationStateWord.tsx'
import { SidePanel } from '../sandbox/SidePanel.tsx'
import { SendForm } from './SendForm.tsx'
import { texts } from './texts.ts'
import { Verification } from './Verification.tsx'

type Tab = keyof typeof texts.tabs
const tabs = Object.keys(texts.tabs) as Tab[] // keys of a constant

type Props = {
  applicationId: string
  callId: string
  tab: string | undefined
  onTab: (tab: Tab) => void
  onClose: () => void
}

/** One call that was kept: what would have gone out, whether the network really said it, and what is to be answered. */
export function InboxPanel({ applicationId, callId, tab, onTab, onClose }: Props) {
  const call = useLoaded(getInboxCall, { params: { applicationId, callId } })
  const { networkPublicKey } = useLoaded(getSandbox, { params: { applicationId } })
  const offered = tabs.filter((name) => name !== 'answer' || call.notificationId !== null)
  const shown = offered.find((name) => name === tab) ?? 'request'
  return (
    <SidePanel title={`${texts.call} ${call.api}`} onClose={onClose}>
      <Tabs
        value={shown}
        onChange={(name) => onTab(tabs.find((other) => other === name) ?? 'request')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {offered.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {texts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="request">
          <Request applicationId={applicationId} call={call} />
        </Tabs.Panel>
        <Tabs.Panel value="signature">
          <Verification call={call} networkKey={networkPublicKey ?? ''} />
        </Tabs.Panel>
        <Tabs.Panel value="answer">
          <Answer call={call} />
        </Tabs.Panel>
        <Tabs.Panel value="send">
          <Send applicationId={applicationId} call={call} />
        </Tabs.Panel>
      </Tabs>
    </SidePanel>
  )
}

function Request({ applicationId, call }: { applicationId: string; call: InboxCallView }) {
  const { method, uri, headers, body, notificationId, notificationState, paymentRequestId, paymentId } = call
  const raw = `${method} ${uri} HTTP/1.1\n${headerText(headers)}\n\n${body}`
  return (
    <div className="stack">
      <KeyValues
        items={[
          { name: texts.time, value: <Moment at={call.at} /> },
          { name: texts.state, value: <State state={notificationState} isQuestion={notificationId === null} /> },
          { name: texts.uri, value: uri, copy: uri },
          { name: texts.size, value: texts.bytes(numberOf(call.bytes)) },
          ...(paymentRequestId
            ? [{ name: texts.paymentRequestId, value: paymentRequestId, copy: paymentRequestId }]
            : []),
          ...(paymentId ? [{ name: texts.paymentId, value: paymentId, copy: paymentId }] : []),
          ...(notificationId ? [{ name: texts.notificationId, value: notificationId, copy: notificationId }] : []),
          { name: texts.callId, value: call.id, copy: call.id },
        ]}
      />
      {notificationId && (
        <Link href={paths.notifications(applicationId, { notification: notificationId, search: notificationId })}>
          {texts.inLog}
        </Link>
      )}
      <CodeBlock title={texts.body} text={readable(body)} raw={body} />
      <CodeBlock title={texts.headers} text={headerText(headers)} />
      <CodeBlock title={texts.raw} note={texts.rawNote} text={raw} />
    </div>
  )
}

function State({ state, isQuestion }: { state: InboxCallView['notificationState']; isQuestion: boolean }) {
  if (state !== null) return <NotificationStateWord state={state} />
  return <span className="muted">{isQuestion ? texts.questionState : texts.forgotten}</span>
}

function Answer({ call: { family, uri, headers } }: { call: InboxCallView }) {
  const clientId = headers.find(({ name }) => name === 'Client-Id')?.value ?? ''
  return (
    <div className="stack">
      <p>
        {texts.answerLead} <a href={docs.acknowledge}>{texts.answerGuide}</a>
      </p>
      {!FAMILIES[family].signsAcknowledgements && (
        <Notice tone="info" quiet>
          {texts.answerUnsigned(FAMILIES[family].title)}
        </Notice>
      )}
      <LanguageTabs codeIn={(language) => acknowledgementOf(language, { uri, clientId })} />
    </div>
  )
}

function Send({ applicationId, call }: { applicationId: string; call: InboxCallView }) {
  const sample = NOTIFICATION_SAMPLES.find(({ api, family }) => api === call.api && family === call.family)
  return (
    <div className="stack">
      {call.notificationState !== null && <SendForm applicationId={applicationId} call={call} />}
      {sample && (
        <section className="stack-tight" aria-label={texts.edit}>
          <h3>{texts.edit}</h3>
          <p>{texts.editLead}</p>
          <Button
            component={Link}
            href={paths.iNotify(applicationId, { what: sample.id, call: call.id })}
            variant="default"
            className="self-start"
          >
            {texts.toINotify}
          </Button>
        </section>
      )}
      {call.notificationState === null && !sample && <p className="muted">{texts.notSendable}</p>}
    </div>
  )
}
