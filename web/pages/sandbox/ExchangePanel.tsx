import { Button, Tabs } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link } from 'wouter'
import { site } from '../../../contract/accounts.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { getExchange } from '../../../contract/log.ts'
import { useLoaded } from '../../api.ts'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { asCause, DOCTOR_CAUSES } from '../../../rules/causes.ts'
import { docs, paths } from '../../paths.ts'
import { CodeBlock, readable } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../parts/toast.ts'
import { numberOf } from '../../language.ts'
import { curlOf } from './curl.ts'
import { headerText } from './header-text.ts'
import { PayOnPhone } from './PayOnPhone.tsx'
import { RelatedToExchange } from './RelatedToExchange.tsx'
import { SidePanel } from './SidePanel.tsx'
import { SignatureWord } from './SignatureWord.tsx'
import { texts } from './texts.ts'
import { WhyRefused } from './WhyRefused.tsx'
import classes from './side-panel.module.css'

type Exchange = Output<typeof getExchange>

/** Every hypothesis with its words comes along, so it is fetched by whoever needs it. */
const DoctorPanel = lazy(async () => ({ default: (await import('./DoctorPanel.tsx')).DoctorPanel }))

/** There is a signature, and it was not taken. */
const isForDoctor = ({ signature, cause }: Exchange) =>
  signature === 'refused' || DOCTOR_CAUSES.includes(asCause(cause) ?? null)

type Tab = keyof typeof texts.tabs
const tabs = Object.keys(texts.tabs) as Tab[] // keys of a constant

type Props = {
  applicationId: string
  exchangeId: string
  tab: string | undefined
  onTab: (tab: Tab) => void
  onClose: () => void
}

/** One call from end to end: what came, what we answered, what was signed. */
export function ExchangePanel({ applicationId, exchangeId, tab, onTab, onClose }: Props) {
  const exchange = useLoaded(getExchange, { params: { applicationId, exchangeId } })
  const shown = tabs.find((name) => name === tab) ?? 'summary'
  return (
    <SidePanel title={`${texts.exchange} ${exchange.api ?? exchange.uri}`} onClose={onClose}>
      <Tabs
        value={shown}
        onChange={(name) => onTab(tabs.find((other) => other === name) ?? 'summary')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {texts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="summary">
          <Summary applicationId={applicationId} exchange={exchange} onDoctor={() => onTab('signature')} />
        </Tabs.Panel>
        <Tabs.Panel value="request">
          <div className="stack">
            {exchange.request.bodyIsText && exchange.direction === 'in' && (
              <CopyCurl applicationId={applicationId} exchange={exchange} />
            )}
            <CodeBlock title={texts.headers} text={headerText(exchange.request.headers)} />
            <CodeBlock
              title={texts.body}
              text={readable(exchange.request.body)}
              raw={exchange.request.body}
              {...(exchange.request.bodyIsText ? {} : { note: texts.notText })}
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="response">
          <div className="stack">
            <PayOnPhone responseBody={exchange.response.body} />
            <CodeBlock title={texts.headers} text={headerText(exchange.response.headers)} />
            <CodeBlock title={texts.body} text={readable(exchange.response.body)} raw={exchange.response.body} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="signature">
          <Signature applicationId={applicationId} exchange={exchange} />
        </Tabs.Panel>
        <Tabs.Panel value="related">
          <RelatedToExchange applicationId={applicationId} related={exchange.related} />
        </Tabs.Panel>
      </Tabs>
    </SidePanel>
  )
}

type SummaryProps = { applicationId: string; exchange: Exchange; onDoctor: () => void }

function Summary({ applicationId, exchange, onDoctor }: SummaryProps) {
  return (
    <div className="stack">
      {exchange.warning !== null && (
        <Notice tone="wait" title={texts.warning}>
          {exchange.warning}
        </Notice>
      )}
      <WhyRefused applicationId={applicationId} exchange={exchange} />
      {isForDoctor(exchange) && (
        <div className="row">
          <Button variant="light" size="xs" onClick={onDoctor}>
            {texts.askDoctor}
          </Button>
        </div>
      )}
      <KeyValues
        items={[
          { name: texts.result, value: <ResultWord status={exchange.resultStatus} /> },
          { name: texts.resultCode, value: exchange.resultCode, copy: exchange.resultCode },
          { name: texts.signature, value: <SignatureWord signature={exchange.signature} /> },
          { name: texts.time, value: <Moment at={exchange.at} /> },
          { name: texts.duration, value: `${numberOf(Math.round(exchange.durationMs))} ms` },
          ...(exchange.direction === 'out' ? [{ name: texts.asked, value: texts.callers.out }] : []),
          { name: texts.method, value: <code>{`${exchange.method} ${exchange.uri}`}</code> },
          ...idPair(texts.paymentRequestId, exchange.paymentRequestId),
          ...idPair(texts.paymentId, exchange.paymentId),
          ...idPair(texts.refundRequestId, exchange.refundRequestId),
          { name: texts.keyVersion, value: exchange.keyVersion ?? texts.none },
          { name: texts.source, value: <code>{exchange.sourceAddress}</code> },
          { name: texts.exchangeId, value: exchange.id, copy: exchange.id },
        ]}
      />
    </div>
  )
}

type CopyProps = { applicationId: string; exchange: Exchange }

/** The command that makes the same call again, and the page where it can be changed and signed anew. */
function CopyCurl({ applicationId, exchange: { id, method, uri, request } }: CopyProps) {
  const { gatewayOrigin } = useLoaded(site)
  const copy = async () => {
    await copyText(curlOf({ method, url: `${gatewayOrigin}${uri}`, ...request }))
    toast(texts.curlCopied)
  }
  return (
    <div className="row">
      <Button variant="default" size="xs" leftSection={<Icon name="copy" size={14} />} onClick={copy}>
        {texts.copyCurl}
      </Button>
      <Button component={Link} href={paths.iTest(applicationId, { exchange: id })} variant="default" size="xs">
        {texts.editAndSend}
      </Button>
      <span className="muted small">{texts.curlNote}</span>
    </div>
  )
}

const idPair = (name: string, id: string | null) => (id === null ? [] : [{ name, value: id, copy: id }])

/** Takes the room of what comes, so that nothing that is seen moves. */
const DoctorComes = () => (
  <p role="status" className={classes.coming}>
    {texts.doctorComes}
  </p>
)

/** Of a refused one the Doctor says more. */
const SAID = {
  verified: { tone: 'good', text: texts.signedVerified },
  refused: { tone: 'bad', text: texts.signedRefused },
  absent: { tone: 'wait', text: texts.signedAbsent },
} as const

function Signature({ applicationId, exchange }: { applicationId: string; exchange: Exchange }) {
  const signed = exchange.direction === 'out' ? exchange.response : exchange.request
  const header = signed.headers.find(({ name }) => name.toLowerCase() === 'signature')
  return (
    <div className="stack">
      {isForDoctor(exchange) ? (
        <Suspense fallback={<DoctorComes />}>
          <DoctorPanel applicationId={applicationId} exchange={exchange} />
        </Suspense>
      ) : (
        <Notice tone={SAID[exchange.signature].tone}>
          <span>{SAID[exchange.signature].text}</span>
          {exchange.signature !== 'verified' && <a href={docs.signing}>{texts.signingGuide}</a>}
        </Notice>
      )}
      {header && <CodeBlock title={texts.signatureHeader} text={header.value} />}
      {exchange.signedText === null ? (
        <p className="muted">{texts.notSigned}</p>
      ) : (
        <CodeBlock title={texts.signedText} text={exchange.signedText} />
      )}
    </div>
  )
}
