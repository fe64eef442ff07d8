import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { At } from '../../page.ts'
import { Notice } from '../../ui/Notice.tsx'
import type { Act, Done } from './merchant.ts'
import { OrderForm } from './OrderForm.tsx'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'

type Props = Chosen & {
  at: At
  isBusy: boolean
  isPossible: boolean
  act: (wish: Act) => Promise<void>
  done: Done | undefined
}

/** Auto Debit: the payer agrees, comes back with a code, the code becomes a token, and the token pays. */
export function AgreementOrder({ at, done, ...order }: Props) {
  const { way, act, isBusy, isPossible } = order
  const [typed, setTyped] = useState<string>()
  const given = done?.action === 'token' ? done.answer?.content.accessToken : undefined
  const token = typed ?? (typeof given === 'string' ? given : '')
  const authCode = at.search.get('authCode')
  const ask = () => {
    setTyped(undefined)
    void act({ action: 'authorize' })
  }
  return (
    <div className="stack">
      <p className="muted small">{texts.agreementLead}</p>
      <Button variant="default" size="md" disabled={!isPossible} loading={isBusy} onClick={ask}>
        {texts.askAgreement}
      </Button>
      {way === 'key' && authCode !== null && token === '' && (
        // Whoever brings the code: it is worth something to this application alone, and only its members see this page.
        <Notice tone="good" title={texts.agreed}>
          <span>{texts.agreedLead}</span>
          <Button className="self-start" loading={isBusy} onClick={() => void act({ action: 'token', authCode })}>
            {texts.getToken}
          </Button>
        </Notice>
      )}
      {way === 'key' && authCode === null && at.search.has('authState') && (
        <Notice tone="wait">{texts.notAgreed}</Notice>
      )}
      {way === 'key' ? (
        <TextInput
          label={texts.token}
          description={texts.tokenHint}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
          value={token}
          onChange={({ currentTarget }) => setTyped(currentTarget.value.trim())}
        />
      ) : (
        <p className="muted small">{texts.ownTokens}</p>
      )}
      {way === 'key' && token === '' && <p className="muted small">{texts.tokenNeeded}</p>}
      <OrderForm
        {...order}
        isPossible={isPossible && (way === 'server' || token !== '')}
        submit={texts.charge}
        {...(way === 'key' ? { token } : {})}
      />
    </div>
  )
}
