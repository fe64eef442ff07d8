import { Button } from '@mantine/core'
import { Link } from 'wouter'
import type { Sample } from '../../../rules/samples.ts'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { numberOf } from '../../language.ts'
import { paths } from '../../paths.ts'
import { CodeBlock, readable } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { Answer as Received, Outcome } from './send-signed.ts'
import { texts } from './texts.ts'

type Props = { applicationId: string; outcome: Outcome; next: readonly Sample[] }

/** One call from the string that was signed to the answer that was verified. */
export function Answer({ applicationId, outcome: { sent, answer }, next }: Props) {
  const { result, headers } = answer
  const traceId = headers.tracerid ?? ''
  const payerUrl = payerUrlIn(answer)
  return (
    <Panel title={texts.answer} lead={texts.answerLead} id="answer">
      <div className="stack">
        <Verification answer={answer} />
        {result && result.resultStatus !== 'S' && (
          <Notice tone={result.resultStatus === 'F' ? 'bad' : 'info'} quiet>
            {result.resultMessage}
          </Notice>
        )}
        <KeyValues
          items={[
            ...(result
              ? [{ name: texts.resultCode, value: <Code result={result} />, copy: result.resultCode }]
              : [{ name: texts.httpStatus, value: answer.status }]),
            { name: texts.time, value: `${numberOf(answer.durationMs)} ms` },
            { name: texts.traceId, value: traceId, copy: traceId },
          ]}
        />
        <div className="row">
          {payerUrl && (
            <Button component="a" href={payerUrl} target="_blank" rel="noreferrer">
              {texts.pay}
            </Button>
          )}
          <Button component={Link} href={paths.requests(applicationId, { search: traceId })} variant="default">
            {texts.inLog}
          </Button>
          {next.map((sample) => (
            <Button
              key={sample.id}
              component={Link}
              href={paths.iTest(applicationId, { call: sample.id })}
              variant="default"
            >
              {sample.api.replace('payments/', '')}
            </Button>
          ))}
        </div>
        <CodeBlock title={texts.signedText} text={sent.signedText} />
        <CodeBlock title={texts.requestHeaders} text={lines(sent.headers)} />
        <CodeBlock title={texts.answerBody} text={readable(answer.body)} raw={answer.body} />
        <CodeBlock title={texts.answerHeaders} text={lines(headers)} />
        {answer.signedText !== null && <CodeBlock title={texts.answerSignedText} text={answer.signedText} />}
      </div>
    </Panel>
  )
}

function Verification({ answer: { isVerified, signedText } }: { answer: Received }) {
  if (isVerified) return <Notice tone="good">{texts.verified}</Notice>
  return signedText === null ? <Notice tone="wait">{texts.unsigned}</Notice> : <Notice tone="bad">{texts.wrong}</Notice>
}

function Code({ result: { resultCode, resultStatus } }: { result: NonNullable<Received['result']> }) {
  const known = (['S', 'F', 'U'] as const).find((status) => status === resultStatus)
  return (
    <span className="row">
      {known && <ResultWord status={known} />}
      {resultCode}
    </span>
  )
}

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

/** Where the payer goes on, by either family: to pay, or to agree. */
function payerUrlIn({ content }: Received): string | undefined {
  const url = [content.paymentUrl, content.authUrl, content.normalUrl].find((value) => typeof value === 'string')
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : undefined
}
