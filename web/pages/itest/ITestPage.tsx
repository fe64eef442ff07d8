import { useState } from 'react'
import { Link } from 'wouter'
import { site } from '../../../contract/accounts.ts'
import { getApplication, getSandbox, type SandboxView } from '../../../contract/applications.ts'
import { getExchange, listExchanges } from '../../../contract/log.ts'
import { getMock } from '../../../contract/mocks.ts'
import { MOCK_HEADERS } from '../../../rules/mock.ts'
import type { Sample } from '../../../rules/samples.ts'
import { query, queryClient, useLoaded } from '../../api.ts'
import { docs, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import type { PrivateKey } from '../../parts/environment/private-key.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { samplesFor } from '../../parts/calls/samples.ts'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Answer } from './Answer.tsx'
import { CallPanel } from './CallPanel.tsx'
import { FromServer } from './FromServer.tsx'
import { KeyChooser } from './KeyChooser.tsx'
import { bodyOf, type Ids, nextOf, sampleLike, uriOf } from './samples.ts'
import { type Outcome, sendSigned } from './send-signed.ts'
import { texts } from './texts.ts'

const lastOf = (applicationId: string, api: string) => ({ params: { applicationId }, query: { api, limit: 1 } })

export const loader: Loader = ({ params: { applicationId }, search }) => {
  const exchangeId = search.get('exchange')
  return [
    query(getApplication, { params: { applicationId } }),
    query(site),
    query(getSandbox, { params: { applicationId } }),
    query(getMock, { params: { applicationId } }),
    query(listExchanges, lastOf(applicationId, 'payments/pay')),
    query(listExchanges, lastOf(applicationId, 'payments/refund')),
    ...(exchangeId ? [query(getExchange, { params: { applicationId, exchangeId } })] : []),
  ]
}

export function Page({ params: { applicationId }, search }: At) {
  const application = useLoaded(getApplication, { params: { applicationId } })
  const sandbox = useLoaded(getSandbox, { params: { applicationId } })
  const [key, setKey] = useState<PrivateKey>()
  const samples = samplesFor(application)
  const exchangeId = search.get('exchange')
  const chosen = samples.find(({ id }) => id === search.get('call')) ?? samples[0]
  const own = { applicationId, sandbox, samples, privateKey: key }
  return (
    <>
      <PageHead title={texts.title} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.lead} <a href={docs.iTest}>{texts.guide}</a>
      </PageHead>
      <div className="stack">
        <KeyChooser applicationId={applicationId} sandbox={sandbox} chosen={key} onChoose={setKey} />
        {exchangeId && chosen && <Copied key={exchangeId} {...own} exchangeId={exchangeId} chosen={chosen} />}
        {!exchangeId && chosen && <Call key={chosen.id} {...own} chosen={chosen} uri={uriOf(chosen)} />}
      </div>
    </>
  )
}

type OwnProps = {
  applicationId: string
  sandbox: SandboxView
  samples: readonly Sample[]
  chosen: Sample
  privateKey: PrivateKey | undefined
}

/** A call of the log again, as it was or changed. */
function Copied({ exchangeId, chosen, ...own }: OwnProps & { exchangeId: string }) {
  const { applicationId, samples } = own
  const exchange = useLoaded(getExchange, { params: { applicationId, exchangeId } })
  const like = sampleLike(exchange, samples) ?? chosen
  return <Call {...own} chosen={like} uri={exchange.uri} copy={exchange.request.body} />
}

type CallProps = OwnProps & { uri: string; copy?: string }

function Call({ applicationId, sandbox, samples, chosen, privateKey, uri, copy }: CallProps) {
  const ids = useLastIds(applicationId)
  const [initial] = useState(() => copy ?? bodyOf(chosen, applicationId, ids))
  const { running } = useLoaded(getMock, { params: { applicationId } })
  const { send, isSending, outcome, isLost } = useSigned(sandbox, privateKey, {
    uri,
    more: running ? MOCK_HEADERS : {},
  })
  return (
    <>
      <CallPanel
        {...{ applicationId, samples, chosen, uri, initial, isSending }}
        isCopy={copy !== undefined}
        testWalletUrl={sandbox.testWalletUrl}
        fresh={() => bodyOf(chosen, applicationId, ids)}
        hasKey={privateKey !== undefined}
        mayMake={sandbox.keys.length === 0}
        onSend={send}
      />
      {running && (
        <Notice tone="info" quiet>
          <span>
            {texts.mocked} <Link href={paths.iMock(applicationId)}>{texts.toMock}</Link>
          </span>
        </Notice>
      )}
      {isLost && (
        <Notice tone="bad" title={texts.unreachable}>
          {texts.unreachableWhy}
        </Notice>
      )}
      {outcome && <Answer applicationId={applicationId} outcome={outcome} next={nextOf(chosen, samples)} />}
      <FromServer applicationId={applicationId} sandbox={sandbox} uri={uri} />
    </>
  )
}

/** What most calls are about: the last payment and the last refund of the application. */
function useLastIds(applicationId: string): Ids {
  const [payment] = useLoaded(listExchanges, lastOf(applicationId, 'payments/pay')).items
  const [refund] = useLoaded(listExchanges, lastOf(applicationId, 'payments/refund')).items
  return {
    paymentRequestId: payment?.paymentRequestId ?? undefined,
    paymentId: payment?.paymentId ?? undefined,
    refundRequestId: refund?.refundRequestId ?? undefined,
  }
}

type Target = { uri: string; more: Record<string, string> }

function useSigned(sandbox: SandboxView, privateKey: PrivateKey | undefined, target: Target) {
  const { clientId, keys, networkPublicKey } = sandbox
  const [outcome, setOutcome] = useState<Outcome>()
  const [isSending, setSending] = useState(false)
  const [isLost, setLost] = useState(false)
  const send = async (body: string) => {
    if (privateKey === undefined || networkPublicKey === null) return
    const version = keys.find(({ publicKey }) => publicKey === privateKey.publicKey)?.version ?? 1
    setSending(true)
    setLost(false)
    const call = { ...target, clientId, keyVersion: version, body }
    const sent = await sendSigned(call, privateKey, networkPublicKey).catch(() => undefined)
    setOutcome(sent)
    setLost(sent === undefined)
    setSending(false)
    // The log has the call by now, and the next one is filled with its ids.
    await queryClient.invalidateQueries()
  }
  return { send, isSending, outcome, isLost }
}
