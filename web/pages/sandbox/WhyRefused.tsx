import { Link } from 'wouter'
import type { Output } from '../../../contract/endpoint.ts'
import type { getExchange } from '../../../contract/log.ts'
import { docs, paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { causeWords, resultWords } from '../../parts/result-words.ts'
import { texts } from './texts.ts'

type Props = { applicationId: string; exchange: Output<typeof getExchange> }

/** What was wrong with a call, and what would be right: as exactly as the gateway knew it. */
export function WhyRefused({ applicationId, exchange }: Props) {
  const { direction, resultStatus, resultCode, cause } = exchange
  // A code of the partner's own says what he means by it.
  if (direction === 'out' || resultStatus === 'S') return null
  const tone = resultStatus === 'F' ? 'bad' : 'info'
  const known = causeWords(cause)
  if (known) {
    return (
      <Notice tone={tone} title={known.wrong} quiet>
        <span>
          {texts.remedy}: {known.right}
        </span>
        <span className="row">
          <a href={docs.cause(known.cause)}>
            <code>{known.cause}</code>
          </a>
          <Link href={paths.requests(applicationId, { cause: known.cause })}>{texts.sameCause}</Link>
        </span>
      </Notice>
    )
  }
  const meaning = resultWords(resultCode)
  if (!meaning) return null
  return (
    <Notice tone={tone} title={meaning.message} quiet>
      <span>
        {texts.cause}: {meaning.cause}
      </span>
      <span>
        {texts.remedy}: {meaning.remedy}
      </span>
    </Notice>
  )
}
