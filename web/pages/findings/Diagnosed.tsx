import { Link } from 'wouter'
import type { Output } from '../../../contract/endpoint.ts'
import type { listFindings } from '../../../contract/findings.ts'
import { FINDINGS } from '../../../rules/findings.ts'
import { FINDINGS as ZH_FINDINGS } from '../../../rules/zh/findings.ts'
import { language } from '../../language.ts'
import { faultWords } from '../../parts/calls/fault-words.ts'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { causeWords, resultWords } from '../../parts/calls/result-words.ts'
import { docs, paths } from '../../paths.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

type Call = Output<typeof listFindings>['items'][number]
type Finding = Call['findings'][number]

const WORDS = language === 'zh' ? ZH_FINDINGS : FINDINGS

/** Gravest first: what stopped the call, and what is only strange. */
const TONES: Partial<Record<Finding['code'], 'wait' | 'info'>> = {
  mocked: 'info',
  agreed_input: 'info',
  clock_off: 'wait',
  other_key_version: 'wait',
  left_unknown: 'wait',
  asked_too_often: 'wait',
}

/** One call, and what was wrong with it. */
export function Diagnosed({
  applicationId,
  call: { exchange, message, findings },
}: {
  applicationId: string
  call: Call
}) {
  const { id, at, api, uri, direction, resultStatus, resultCode } = exchange
  return (
    <Panel title={api ?? uri} isItem>
      <div className="stack">
        <div className="row">
          <ResultWord status={resultStatus} />
          <code>{resultCode}</code>
          {direction === 'out' && <span className="muted small">{texts.fromNetwork}</span>}
          <Moment at={at} />
          <Link href={paths.requests(applicationId, { search: id, exchange: id })}>{texts.open}</Link>
        </div>
        {findings.length === 0 && (
          <div className="row">
            <StateWord tone="good">{texts.nothingWrong}</StateWord>
          </div>
        )}
        {findings.map((finding) => (
          <One key={finding.code} finding={finding} message={message} />
        ))}
      </div>
    </Panel>
  )
}

function One({ finding: { code, detail }, message }: { finding: Finding; message: string | null }) {
  const cause = code === 'refused' ? causeWords(detail) : undefined
  const meaning = code === 'failed' && detail !== null ? resultWords(detail) : undefined
  const [wrong, right] = cause ? [cause.wrong, cause.right] : meaning ? [meaning.message, meaning.remedy] : WORDS[code]
  return (
    <Notice tone={TONES[code] ?? 'bad'} title={[wrong, detailOf(code, detail)].filter(Boolean).join(' ')} quiet>
      {cause && message && message !== wrong && <span>{message}</span>}
      <span>
        {texts.remedy}: {right}
      </span>
      {cause && (
        <a href={docs.cause(cause.cause)}>
          <code>{cause.cause}</code>
        </a>
      )}
      {code === 'agreed_input' && <a href={docs.agreedInputs}>{texts.agreedInputs}</a>}
    </Notice>
  )
}

function detailOf(code: Finding['code'], detail: string | null): string | undefined {
  if (detail === null) return undefined
  if (code === 'not_acknowledged') return faultWords(detail)
  return code in texts.details ? texts.details[code as keyof typeof texts.details](detail) : undefined // just found there
}
