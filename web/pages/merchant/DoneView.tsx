import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { MERCHANT_FAULTS } from '../../../rules/test-merchant.ts'
import { MERCHANT_FAULTS as ZH_FAULTS } from '../../../rules/zh/test-merchant.ts'
import { language } from '../../language.ts'
import { paths } from '../../paths.ts'
import { resultWords } from '../../parts/calls/result-words.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './merchant.module.css'
import { type Done, payerWay } from './merchant.ts'
import { texts } from './texts.ts'

const FAULTS = language === 'zh' ? ZH_FAULTS : MERCHANT_FAULTS

/** On a phone it comes below what can be seen. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })

/** What came of the last thing that was done: the answer, what of it can be believed, and where the payer goes on. */
export function DoneView({ applicationId, done }: { applicationId: string; done: Done }) {
  const { url, code } = payerWay(done)
  return (
    <div className={classes.done} ref={intoView}>
      {done.problem && <ProblemNotice problem={done.problem} />}
      {done.isLost && <Notice tone="bad">{texts.unreachable}</Notice>}
      {done.answer && <FromGateway answer={done.answer} />}
      {done.served && <FromServer served={done.served} />}
      {code !== undefined && (
        <>
          <div className={classes.qr}>
            <QrCode text={code} label={texts.orderCodeImage} />
          </div>
          <p className="muted small">{texts.orderCode}</p>
        </>
      )}
      {url !== undefined && <ForPayer url={url} isAgreement={done.action === 'authorize'} />}
      <InLog applicationId={applicationId} done={done} />
    </div>
  )
}

function ForPayer({ url, isAgreement }: { url: string; isAgreement: boolean }) {
  return (
    <>
      <div className={classes.qr}>
        <QrCode text={url} label={isAgreement ? texts.agreeImage : texts.payImage} />
      </div>
      <Button component="a" href={url} target="_blank" rel="noreferrer" size="md">
        {isAgreement ? texts.agree : texts.pay}
      </Button>
    </>
  )
}

const TONES = { S: 'good', F: 'bad', U: 'wait' } as const

function FromGateway({ answer: { result, isVerified, signedText, status } }: { answer: NonNullable<Done['answer']> }) {
  const tone = TONES[(result?.resultStatus ?? 'F') as keyof typeof TONES] ?? 'bad' // whatever else it said
  const words = result && resultWords(result.resultCode)
  return (
    <Notice tone={tone} title={result?.resultCode ?? `${texts.httpStatus} ${status}`}>
      {result?.resultStatus !== 'S' && <span>{words?.message ?? result?.resultMessage}</span>}
      <span>{isVerified ? texts.verified : signedText === null ? texts.unsigned : texts.unverified}</span>
    </Notice>
  )
}

function FromServer({
  served: { answer, fault, faultField, httpStatus, raw },
}: {
  served: NonNullable<Done['served']>
}) {
  if (answer) {
    const tone = answer.status === 'PROCESSING' ? 'wait' : answer.status === 'CANCELLED' ? 'bad' : 'good'
    return (
      <Notice tone={tone} title={`${texts.yourServer}: ${answer.status}`}>
        {answer.message && <span className="break">{answer.message}</span>}
      </Notice>
    )
  }
  return (
    <Notice tone="bad" title={texts.serverFault}>
      <span>{fault && FAULTS[fault]}</span>
      {faultField && (
        <span>
          <code>{faultField.path}</code>: {faultField.message}
        </span>
      )}
      {fault === 'wrong_status' && (
        <span>
          {texts.httpStatus}: {httpStatus}
        </span>
      )}
      {raw && (
        <details>
          <summary>{texts.whatCame}</summary>
          <code className="break">{raw}</code>
        </details>
      )}
    </Notice>
  )
}

function InLog({ applicationId, done: { answer, served } }: { applicationId: string; done: Done }) {
  const view = answer
    ? { search: answer.headers.tracerid ?? '' }
    : served?.exchangeId
      ? { exchange: served.exchangeId }
      : undefined
  return view && <Link href={paths.requests(applicationId, view)}>{texts.inLog}</Link>
}
