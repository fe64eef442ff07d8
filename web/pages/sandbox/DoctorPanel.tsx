import { useQuery } from '@tanstack/react-query'
import { site } from '../../../contract/accounts.ts'
import { diagnoseAnswer, diagnoseExchange } from '../../../contract/diagnosis.ts'
import type { Output } from '../../../contract/endpoint.ts'
import type { getExchange, listNotifications } from '../../../contract/log.ts'
import { fromBase64 } from '../../../rules/bytes.ts'
import { type ApiError, query, useLoaded } from '../../api.ts'
import { DoctorFinding, type Finding } from '../../parts/doctor/DoctorFinding.tsx'
import { texts } from '../../parts/doctor/texts.ts'
import { docs } from '../../paths.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import classes from './side-panel.module.css'

type Exchange = Output<typeof getExchange>
type Notification = Output<typeof listNotifications>['items'][number]

/** The Signature Doctor on a call of the log. What was recorded does not change, so it is asked once. */
export function DoctorPanel({ applicationId, exchange }: { applicationId: string; exchange: Exchange }) {
  const asked = useQuery({
    ...query(diagnoseExchange, { params: { applicationId, exchangeId: exchange.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { body } = exchange.direction === 'out' ? exchange.response : exchange.request
  return <Found {...asked} uri={exchange.uri} headers={exchange.request.headers} body={body} />
}

type OfAnswer = { applicationId: string; notification: Notification; attempt: Notification['attempts'][number] }

/** The same on the answer to a notification. */
export function AnswerDoctor({ applicationId, notification, attempt }: OfAnswer) {
  const params = { applicationId, notificationId: notification.id, attemptId: attempt.id }
  const asked = useQuery({ ...query(diagnoseAnswer, { params }), staleTime: Number.POSITIVE_INFINITY })
  const { pathname, search } = new URL(notification.url)
  return <Found {...asked} uri={`${pathname}${search}`} headers={attempt.requestHeaders} body={attempt.responseBody} />
}

type FoundProps = {
  data: Output<typeof diagnoseExchange> | undefined
  error: ApiError | null
  uri: string
  headers: readonly { name: string; value: string }[]
  /** What was signed. */
  body: string
}

function Found({ data, error, uri, headers, body }: FoundProps) {
  const { gatewayOrigin } = useLoaded(site)
  const clientId = headers.find(({ name }) => name.toLowerCase() === 'client-id')?.value ?? ''
  return (
    <section className="stack" aria-label={texts.doctor}>
      <div className="row">
        <h3>{texts.doctor}</h3>
        <a href={docs.refusedSignature}>{texts.guide}</a>
      </div>
      {error && <ProblemNotice problem={error.problem} />}
      {!data && !error && (
        <p role="status" className={classes.coming}>
          {texts.looking}
        </p>
      )}
      {data && (
        <DoctorFinding
          finding={findingOf(data)}
          facts={{ origin: gatewayOrigin, uri, clientId }}
          bodyBytes={new TextEncoder().encode(body).length}
        />
      )}
    </section>
  )
}

function findingOf(data: Output<typeof diagnoseExchange>): Finding {
  return {
    ...data,
    key: data.key ?? undefined,
    hash: data.hash ?? undefined,
    received: bytesOf(data.received),
    signed: data.signed === null ? undefined : bytesOf(data.signed),
  }
}

const bytesOf = (base64: string) => fromBase64(base64) ?? new Uint8Array()
