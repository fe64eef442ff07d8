import { Button } from '@mantine/core'
import { useState } from 'react'
import { decideAuthorization, getAuthorization } from '../../../contract/wallet.ts'
import { type ApiError, query, useLoaded, useSend } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Phone } from './Phone.tsx'
import { texts } from './texts.ts'
import classes from './wallet.module.css'

/** Long enough to read the outcome before the payer is sent back to the merchant. */
const READ_MS = 3000

const keyOf = ({ params: { agreementId, secret } }: At) => ({ params: { agreementId, secret } })

export const loader: Loader = (at) => [query(getAuthorization, keyOf(at))]

/** The merchant asks for an agreement: later charges without a confirmation. */
export function Page(at: At) {
  const { merchantName, walletName, state, expiresAt } = useLoaded(getAuthorization, keyOf(at))
  const [back, setBack] = useState<string>()
  const decide = useSend(decideAuthorization, ({ redirectUrl }) => {
    setBack(redirectUrl)
    setTimeout(() => window.location.assign(redirectUrl), READ_MS)
  })
  const send = (decision: 'agree' | 'refuse') => decide.mutate({ ...keyOf(at), body: { decision } })
  const chosen = decide.isPending ? decide.variables.body.decision : undefined
  return (
    <Phone title={texts.title} detail={walletName}>
      <div className={classes.bill}>
        <span className="muted small">{texts.agreementAsked}</span>
        <strong className="break">{merchantName}</strong>
        <span className="muted">{texts.agreementMeans}</span>
      </div>
      {decide.error && <ProblemNotice problem={decide.error.problem} />}
      {state === 'open' ? (
        <div className="stack">
          <p className="muted small">
            {texts.validUntil} <Moment at={expiresAt} />
          </p>
          <Button size="lg" loading={chosen === 'agree'} disabled={chosen === 'refuse'} onClick={() => send('agree')}>
            {texts.agree}
          </Button>
          <Button
            size="lg"
            variant="default"
            loading={chosen === 'refuse'}
            disabled={chosen === 'agree'}
            onClick={() => send('refuse')}
          >
            {texts.decline}
          </Button>
        </div>
      ) : (
        <div className="stack" role="status">
          <h2>{texts.agreementStates[state]}</h2>
          {back === undefined ? (
            <p>{texts.closeWindow}</p>
          ) : (
            <>
              <p>{texts.leaving}</p>
              <Button component="a" href={back} size="md">
                {texts.back}
              </Button>
            </>
          )}
        </div>
      )}
    </Phone>
  )
}

export function Failed({ error }: { error: ApiError }) {
  const isUnknown = error.status === 404 || error.status === 422
  return (
    <Phone title={isUnknown ? texts.unknownAgreement : texts.title}>
      {isUnknown ? <p>{texts.unknownText}</p> : <ProblemNotice problem={error.problem} />}
    </Phone>
  )
}
