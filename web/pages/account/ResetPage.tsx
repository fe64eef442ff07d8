import { TextInput } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { startReset } from '../../../contract/accounts.ts'
import { Form } from '../../parts/Form.tsx'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { useForm } from '../../ui/use-form.ts'
import type { CodeState } from './ResetCodePage.tsx'
import { logInTexts } from './log-in-texts.ts'
import { texts } from './texts.ts'

export const loader: Loader = () => []

export function Page() {
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { email: '' },
    validate: ({ email }) => ({ email: email.trim() === '' ? logInTexts.emailNeeded : null }),
  })
  const { submit, ...state } = useFormSend(startReset, form, ({ resendSeconds }) => {
    const handOver: CodeState = { email: form.values.email.trim(), resendAt: Date.now() + resendSeconds * 1000 }
    navigate(paths.resetCode(), { state: handOver })
  })
  return (
    <PlainPage title={texts.reset} lead={texts.resetLead} footer={<Link href={paths.logIn()}>{texts.toLogIn}</Link>}>
      <Form
        form={form}
        {...state}
        onSubmit={(values) => submit({ body: values })}
        submit={texts.confirm}
        submitProps={{ fullWidth: true }}
      >
        <TextInput
          label={logInTexts.email}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
      </Form>
    </PlainPage>
  )
}
