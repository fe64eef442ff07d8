import { Button } from '@mantine/core'
import { endAgreement, endMerchantAgreement } from '../../../contract/wallet.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { texts } from './texts.ts'
import classes from './wallet-code.module.css'
import type { Wallet } from './wallet.ts'

/** `secret`: of the application's own wallet; undefined in the wallet of a merchant. */
type Props = { secret?: string; agreements: Wallet['agreements'] }

/** Who may charge this wallet without asking, and how that is ended. */
export function Agreements({ secret, agreements }: Props) {
  const ofApplication = useSend(endAgreement)
  const ofMerchant = useSend(endMerchantAgreement)
  const end = secret === undefined ? ofMerchant : ofApplication
  const send = (agreementId: string) =>
    secret === undefined
      ? ofMerchant.mutate({ params: { agreementId } })
      : ofApplication.mutate({ params: { secret, agreementId } })
  if (agreements.length === 0) return null
  return (
    <section className={classes.section} aria-label={texts.agreements}>
      <h2>{texts.agreements}</h2>
      {end.error && <ProblemNotice problem={end.error.problem} />}
      <ul className={classes.list}>
        {agreements.map(({ id, merchantName, since }) => (
          <li key={id} className={classes.agreement}>
            <span className="stack-tight">
              <strong className="break">{merchantName}</strong>
              <span className="muted small">
                {texts.since} <Moment at={since} />
              </span>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={texts.endAgreementWith(merchantName)}
              loading={end.isPending && end.variables.params.agreementId === id}
              onClick={() => send(id)}
            >
              {texts.endAgreement}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
