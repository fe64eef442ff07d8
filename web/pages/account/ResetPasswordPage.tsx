import { Link, useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { finishReset } from '../../../contract/accounts.ts'
import { Form } from '../../parts/Form.tsx'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { useForm } from '../../ui/use-form.ts'
import type { LogInState } from './LogInPage.tsx'
import { NewPasswordField, passwordFault } from './NewPasswordField.tsx'
import type { CodeState } from './ResetCodePage.tsx'
import { texts } from './texts.ts'

export const loader: Loader = () => []

export function Page() {
  const [, navigate] = useLocation()
  const known = useHistoryState<CodeState>()
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => ({ password: passwordFault(password) }),
  })
  const { submit, ...state } = useFormSend(finishReset, form, () => {
    const handOver: LogInState = { email: known?.email ?? '', message: texts.passwordChanged }
    navigate(paths.logIn(), { replace: true, state: handOver })
  })
  return (
    <PlainPage
      title={texts.resetPassword}
      lead={texts.resetPasswordLead}
      footer={<Link href={paths.reset()}>{texts.startAgain}</Link>}
    >
      <Form
        form={form}
        {...state}
        onSubmit={({ password }) => submit({ body: { password } })}
        submit={texts.confirm}
        submitProps={{ fullWidth: true }}
      >
        <input type="hidden" name="username" autoComplete="username" value={known?.email ?? ''} />
        <NewPasswordField typed={form.values.password} autoFocus {...form.getInputProps('password')} />
      </Form>
    </PlainPage>
  )
}
