import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { newMerchantPaymentCode, newPaymentCode } from '../../../contract/wallet.ts'
import { PAYMENT_CODE } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { Barcode } from './Barcode.tsx'
import { texts } from './texts.ts'
import { useSecondsLeft } from './use-seconds-left.ts'
import classes from './wallet-code.module.css'
import type { Wallet } from './wallet.ts'

type Props = {
  /** Of the application's own wallet; undefined in the wallet of a merchant. */
  secret?: string
  code: Wallet['code']
  now: string
}

/** What the merchant scans. The first code is there when the payer opens the wallet; the next ones come when he asks. */
export function PaymentCode({ secret, code, now }: Props) {
  const ofApplication = useSend(newPaymentCode)
  const ofMerchant = useSend(newMerchantPaymentCode)
  const show = secret === undefined ? ofMerchant : ofApplication
  const showNew = () => (secret === undefined ? ofMerchant.mutate({}) : ofApplication.mutate({ params: { secret } }))
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current || code !== null) return
    asked.current = true
    showNew()
  })
  return (
    <section className={classes.section} aria-label={texts.code}>
      <h2>{texts.code}</h2>
      {show.error && <ProblemNotice problem={show.error.problem} />}
      {code === null ? <NoCode isComing={show.isPending} /> : <Shown code={code} now={now} />}
      <Button variant={code === null ? 'filled' : 'default'} size="md" loading={show.isPending} onClick={showNew}>
        {texts.newCode}
      </Button>
    </section>
  )
}

function NoCode({ isComing }: { isComing: boolean }) {
  return (
    <div className={classes.none} role="status">
      <Icon name="clock" size={28} />
      <span>{isComing ? texts.codeComes : texts.codeOver}</span>
    </div>
  )
}

function Shown({ code, now }: { code: NonNullable<Wallet['code']>; now: string }) {
  const left = useSecondsLeft(code.expiresAt, now)
  const groups = code.value.match(/.{1,4}/g) ?? []
  return (
    <div className={classes.card}>
      <Barcode digits={code.value} />
      <div className={classes.qr}>
        <QrCode text={code.value} label={texts.codeImage} />
      </div>
      {/* Read digit by digit, copied without the gaps. */}
      <p className={classes.digits} data-code={code.value}>
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two groups may be equal, and none ever moves
          <span key={index}>{group}</span>
        ))}
      </p>
      <p className={classes.left}>
        <progress className={classes.time} max={PAYMENT_CODE.seconds} value={left} aria-hidden />
        <span role="timer">{texts.codeLeft(left)}</span>
      </p>
    </div>
  )
}
