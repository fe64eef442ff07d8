import { useQuery } from '@tanstack/react-query'
import { site } from '../../../contract/accounts.ts'
import { diagnoseExchange } from '../../../contract/diagnosis.ts'
import type { Output } from '../../../contract/endpoint.ts'
import type { getExchange } from '../../../contract/log.ts'
import { fromBase64 } from '../../../rules/bytes.ts'
import { query, useLoaded } from '../../api.ts'
import { DoctorFinding, type Finding } from '../../parts/doctor/DoctorFinding.tsx'
import { texts } from '../../parts/doctor/texts.ts'
import { docs } from '../../paths.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'

type Exchange = Output<typeof getExchange>

/** The Signature Doctor on a call of the log. What was recorded does not change, so it is asked once. */
export function DoctorPanel({ applicationId, exchange }: { applicationId: string; exchange: Exchange }) {
  const { gatewayOrigin } = useLoaded(site)
  const { data, error } = useQuery({
    ...query(diagnoseExchange, { params: { applicationId, exchangeId: exchange.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const signed = exchange.direction === 'out' ? exchange.response : exchange.request
  const clientId = exchange.request.headers.find(({ name }) => name.toLowerCase() === 'client-id')?.value ?? ''
  return (
    <section className="stack" aria-label={texts.doctor}>
      <div className="row">
        <h3>{texts.doctor}</h3>
        <a href={docs.refusedSignature}>{texts.guide}</a>
      </div>
      {error && <ProblemNotice problem={error.problem} />}
      {!data && !error && <p role="status">{texts.looking}</p>}
      {data && (
        <DoctorFinding
          finding={findingOf(data)}
          facts={{ origin: gatewayOrigin, uri: exchange.uri, clientId }}
          bodyBytes={new TextEncoder().encode(signed.body).length}
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
