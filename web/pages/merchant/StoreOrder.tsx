import { Button } from '@mantine/core'
import { DoneView } from './DoneView.tsx'
import classes from './merchant.module.css'
import { canSign, payerWay, useMerchant } from './merchant.ts'
import { OrderForm } from './OrderForm.tsx'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'

/** The page behind the code of the store: the payer says what he pays, and goes on in his wallet. */
export function StoreOrder(chosen: Chosen) {
  const { act, isBusy, done } = useMerchant(chosen)
  const url = done && payerWay(done).url
  return (
    <section className={classes.section} aria-label={texts.store}>
      <h2>{texts.store} S-0001</h2>
      <p className="muted">{texts.storeLead}</p>
      <OrderForm
        {...chosen}
        act={act}
        isBusy={isBusy}
        isPossible={chosen.way === 'server' || canSign()}
        submit={texts.make}
      />
      {url !== undefined && (
        <Button component="a" href={url} size="lg">
          {texts.storePay}
        </Button>
      )}
      {done && url === undefined && <DoneView applicationId={chosen.applicationId} done={done} />}
    </section>
  )
}
