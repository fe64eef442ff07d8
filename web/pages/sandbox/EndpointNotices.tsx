import type { Output } from '../../../contract/endpoint.ts'
import { listFailingEndpoints, resumeEndpoint } from '../../../contract/delivery.ts'
import { ENDPOINT } from '../../../rules/limits.ts'
import { useLive, useSend } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { faultWords } from '../../parts/fault-words.ts'
import { texts } from './texts.ts'

const POLL_MS = 5000

type Endpoint = Output<typeof listFailingEndpoints>['items'][number]

/** Hosts that acknowledge nothing: those that are paused, with the way out, and those that soon will be. */
export function EndpointNotices({ applicationId }: { applicationId: string }) {
  const { data } = useLive(POLL_MS, listFailingEndpoints, { params: { applicationId } })
  return data.items.map((endpoint) =>
    endpoint.pausedAt === null ? (
      <FailingEndpoint key={endpoint.origin} endpoint={endpoint} />
    ) : (
      <PausedEndpoint key={endpoint.origin} applicationId={applicationId} endpoint={endpoint} />
    ),
  )
}

const whyOf = ({ lastFault, lastFaultText }: Endpoint) => faultWords(lastFault) ?? lastFaultText ?? lastFault

function FailingEndpoint({ endpoint }: { endpoint: Endpoint }) {
  return (
    <Notice tone="wait" quiet title={texts.failingTitle(endpoint.origin)}>
      <span>{texts.failingText(numberOf(endpoint.failedInRow), numberOf(ENDPOINT.pauseAfter))}</span>
      <span>{texts.lastFault(whyOf(endpoint))}</span>
    </Notice>
  )
}

function PausedEndpoint({ applicationId, endpoint }: { applicationId: string; endpoint: Endpoint }) {
  const { origin, pausedAt, failedInRow, waiting } = endpoint
  const resume = useSend(resumeEndpoint, () => toast(texts.endpointResumed))
  return (
    <>
      {resume.error && <ProblemNotice problem={resume.error.problem} />}
      <Notice tone="bad" quiet title={texts.pausedTitle(origin)}>
        <span>{texts.pausedText(numberOf(failedInRow))}</span>
        <span>
          {texts.lastFault(whyOf(endpoint))} {texts.pausedSince} {pausedAt && <Moment at={pausedAt} />}
        </span>
        <span>{texts.pausedWaiting(numberOf(waiting))}</span>
        <span className="row">
          <MayButton
            needs="sandbox.develop"
            size="xs"
            loading={resume.isPending}
            aria-label={texts.resumeEndpointOf(origin)}
            onClick={() => resume.mutate({ params: { applicationId }, body: { origin } })}
          >
            {texts.resumeEndpoint}
          </MayButton>
        </span>
      </Notice>
    </>
  )
}
