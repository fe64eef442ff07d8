import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Output } from '../../../contract/endpoint.ts'
import { readCode, readMerchantCode } from '../../../contract/wallet.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { paths } from '../../paths.ts'
import { Camera, hasCamera } from './Camera.tsx'
import { texts } from './texts.ts'
import classes from './wallet-code.module.css'

/** `secret`: of the application's own wallet; undefined in the wallet of a merchant. */
type Props = { secret?: string }

/** A code that a merchant shows: read with the camera, typed, or pasted. */
export function ReadCode({ secret }: Props) {
  const [code, setCode] = useState('')
  const [, navigate] = useLocation()
  const [page, setPage] = useState<string | null>(null)
  const [isLooking, setLooking] = useState(false)
  const follow = (reading: Output<typeof readCode>) =>
    reading.order ? navigate(paths.walletOrder(reading.order)) : setPage(reading.page)
  const ofApplication = useSend(readCode, follow)
  const ofMerchant = useSend(readMerchantCode, follow)
  const read = secret === undefined ? ofMerchant : ofApplication
  const send = (said: string) => {
    setPage(null)
    if (secret === undefined) ofMerchant.mutate({ body: { code: said } })
    else ofApplication.mutate({ params: { secret }, body: { code: said } })
  }
  const take = (said: string) => {
    setLooking(false)
    setCode(said)
    send(said)
  }
  return (
    <section className={classes.section} aria-label={texts.readCode}>
      <h2>{texts.readCode}</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          send(code)
        }}
      >
        {read.error && <ProblemNotice problem={read.error.problem} />}
        {isLooking ? (
          <Camera onCode={take} onClose={() => setLooking(false)} />
        ) : (
          hasCamera() && (
            <Button variant="default" size="md" onClick={() => setLooking(true)}>
              {texts.cameraOpen}
            </Button>
          )
        )}
        <TextInput
          label={texts.merchantCode}
          description={texts.merchantCodeHint}
          maxLength={512}
          autoComplete="off"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" size="md" loading={read.isPending} disabled={code.trim() === ''}>
          {texts.read}
        </Button>
      </form>
      {page !== null && (
        <p role="status">
          {texts.shopPage}{' '}
          <a href={page} rel="noreferrer" className="break">
            {page}
          </a>
        </p>
      )}
    </section>
  )
}
