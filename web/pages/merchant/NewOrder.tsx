import { Button, NativeSelect } from '@mantine/core'
import { useLocation } from 'wouter'
import { FAMILIES, families } from '../../../rules/interfaces.ts'
import type { At } from '../../page.ts'
import { paths } from '../../paths.ts'
import { QrCode } from '../../ui/QrCode.tsx'
import { AgreementOrder } from './AgreementOrder.tsx'
import { addressWith } from './Choice.tsx'
import { DoneView } from './DoneView.tsx'
import classes from './merchant.module.css'
import { canSign, useMerchant } from './merchant.ts'
import { OrderForm } from './OrderForm.tsx'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'

type Props = Chosen & { at: At; url: string | null }

/** An order of any kind that the application has a product for. */
export function NewOrder({ at, url, ...chosen }: Props) {
  const { applicationId, way, kind } = chosen
  const { act, isBusy, done } = useMerchant(chosen)
  const isPossible = way === 'key' ? canSign() : url !== null
  const order = { ...chosen, isBusy, isPossible, act }
  return (
    <section className={classes.section} aria-label={texts.order}>
      <h2>{texts.order}</h2>
      <OrderKind {...chosen} at={at} />
      {kind === 'entry_code' && <StoreCode applicationId={applicationId} way={way} family={chosen.family} />}
      {kind === 'auto_debit' && <AgreementOrder {...order} at={at} done={done} />}
      {kind !== 'entry_code' && kind !== 'auto_debit' && <OrderForm {...order} submit={texts.make} />}
      {way === 'server' && url === null && <p className="muted small">{texts.serverNeeded}</p>}
      {(done || isBusy) && (
        <div className={classes.room}>{done && <DoneView applicationId={applicationId} done={done} />}</div>
      )}
    </section>
  )
}

function OrderKind({ applicationId, way, family, kind, kinds, at }: Chosen & { at: At }) {
  const [, navigate] = useLocation()
  const go = (change: Record<string, string>) =>
    navigate(paths.testMerchant(applicationId, addressWith(at.search, change)), { replace: true })
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={texts.product}
        value={kind}
        onChange={({ currentTarget }) => go({ order: currentTarget.value })}
        data={kinds.map((value) => ({ value, label: texts.kinds[value] }))}
      />
      {way === 'key' && (
        <NativeSelect
          label={texts.family}
          value={family}
          onChange={({ currentTarget }) => go({ family: currentTarget.value })}
          data={families.map((value) => ({ value, label: FAMILIES[value].title }))}
        />
      )}
    </div>
  )
}

/** The same for every payer: a page that makes the order when it is opened. */
function StoreCode({ applicationId, way, family }: Pick<Chosen, 'applicationId' | 'way' | 'family'>) {
  const page = paths.testMerchant(applicationId, { store: 'S-0001', way, family })
  return (
    <>
      <div className={classes.qr}>
        <QrCode text={window.location.origin + page} label={texts.storeImage} />
      </div>
      <p className="muted small">{texts.storeCode}</p>
      <Button component="a" href={page} variant="default" size="md">
        {texts.storePage}
      </Button>
    </>
  )
}
