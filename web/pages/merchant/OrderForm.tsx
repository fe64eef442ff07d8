import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { getSandbox } from '../../../contract/applications.ts'
import { TEST_MERCHANT } from '../../../rules/limits.ts'
import { useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Camera, hasCamera } from '../wallet/Camera.tsx'
import { amountFault, wireAmount } from './amounts.ts'
import classes from './merchant.module.css'
import type { Act } from './merchant.ts'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'

type Props = Chosen & {
  isBusy: boolean
  isPossible: boolean
  submit: string
  act: (wish: Act) => Promise<void>
  /** The token that pays, where one does; undefined where the partner's server holds it. */
  token?: string
}

/** What is sold and for how much, and the code of the payer where he shows one. */
export function OrderForm({ applicationId, kind, isBusy, isPossible, submit, act, token }: Props) {
  const form = useForm({
    initialValues: { title: texts.aGood as string, amount: '10.00', currency: 'USD', code: '' },
    validate: ({ title, amount, currency, code }) => ({
      title: title.trim() === '' ? texts.goodsNeeded : null,
      currency: /^[A-Z]{3}$/.test(currency) ? null : texts.currencyFault,
      amount: amountFault(amount, currency),
      code: kind === 'user_presented' && code.trim() === '' ? texts.codeNeeded : null,
    }),
  })
  const make = ({ title, amount, currency, code }: typeof form.values) => {
    const shown = kind === 'user_presented' ? code.replace(/\s/g, '') : token
    const userAgent = kind === 'entry_code' ? navigator.userAgent : undefined
    const order = { kind, title: title.trim(), amount: wireAmount(amount, currency), code: shown, userAgent }
    void act({ action: 'order', order }).then(() => form.setFieldValue('code', ''))
  }
  return (
    <Form
      form={form}
      problem={null}
      isSending={isBusy}
      onSubmit={make}
      submit={submit}
      submitProps={{ size: 'md', disabled: !isPossible }}
    >
      <TextInput label={texts.goods} maxLength={TEST_MERCHANT.titleMax} {...form.getInputProps('title')} />
      <div className={classes.pair}>
        <TextInput label={texts.amount} inputMode="decimal" autoComplete="off" {...form.getInputProps('amount')} />
        <TextInput
          label={texts.currency}
          maxLength={3}
          autoComplete="off"
          autoCapitalize="characters"
          {...form.getInputProps('currency')}
          onChange={({ currentTarget }) => form.setFieldValue('currency', currentTarget.value.toUpperCase())}
        />
      </div>
      {kind === 'user_presented' && (
        <CodeField
          applicationId={applicationId}
          input={form.getInputProps('code')}
          onCode={(code) => form.setFieldValue('code', code)}
        />
      )}
    </Form>
  )
}

type CodeProps = {
  applicationId: string
  input: { value: string; error: string | undefined; onChange: (input: unknown) => void }
  onCode: (code: string) => void
}

/** Read with the camera, typed, or pasted. */
function CodeField({ applicationId, input, onCode }: CodeProps) {
  const { testWalletUrl } = useLoaded(getSandbox, { params: { applicationId } })
  const [isLooking, setLooking] = useState(false)
  const take = (code: string) => {
    setLooking(false)
    onCode(code)
  }
  return (
    <>
      <TextInput
        label={texts.code}
        description={texts.codeHint}
        inputMode="numeric"
        maxLength={TEST_MERCHANT.codeMax}
        autoComplete="off"
        {...input}
      />
      {isLooking && <Camera onCode={take} onClose={() => setLooking(false)} />}
      <span className="row">
        {!isLooking && hasCamera() && (
          <Button variant="default" onClick={() => setLooking(true)}>
            {texts.camera}
          </Button>
        )}
        <a href={testWalletUrl} target="_blank" rel="noreferrer">
          {texts.toWallet}
        </a>
      </span>
    </>
  )
}
