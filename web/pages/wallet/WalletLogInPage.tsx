import { TextInput } from '@mantine/core'
import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { logInToWallet } from '../../../contract/wallet.ts'
import { Form } from '../../parts/Form.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import type { Loader } from '../../page.ts'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { PasswordField } from '../account/PasswordField.tsx'
import { Phone } from './Phone.tsx'
import { texts } from './texts.ts'

/** What the page before hands over. */
export type WalletLogInState = { account: string; message: string }

export const loader: Loader = () => []

/** A merchant logs in to the Test Wallet. */
export function Page() {
  const before = useHistoryState<WalletLogInState | null>()
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { account: before?.account ?? '', password: '' },
    validate: ({ account, password }) => ({
      account: account.trim() === '' ? texts.accountNeeded : null,
      password: password === '' ? texts.passwordNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(logInToWallet, form, () =>
    navigate(paths.walletAccount(), { replace: true, state: null }),
  )
  return (
    <Phone title={texts.title} detail={texts.logInLead}>
      {before?.message && <Notice tone="good">{before.message}</Notice>}
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ body })}
        submit={texts.logIn}
        submitProps={{ fullWidth: true, size: 'md' }}
      >
        <TextInput
          label={texts.account}
          description={texts.accountHint}
          inputMode="numeric"
          autoComplete="username"
          {...form.getInputProps('account')}
        />
        <PasswordField label={texts.password} autoComplete="current-password" {...form.getInputProps('password')} />
      </Form>
      <p className="muted small">{texts.forgot}</p>
    </Phone>
  )
}
