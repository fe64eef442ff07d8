import { TextInput } from '@mantine/core'
import { useLocation } from 'wouter'
import { checkStartup, startUp } from '../../../contract/accounts.ts'
import { EMAIL_MAX, PERSON_NAME_MAX } from '../../../rules/limits.ts'
import { type ApiError, query } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { useForm } from '../../ui/use-form.ts'
import type { LogInState } from '../account/LogInPage.tsx'
import { NewPasswordField, passwordFault } from '../account/NewPasswordField.tsx'
import { Incomplete, ToLogIn, tokenInAddress } from './link.tsx'
import { texts } from './texts.ts'

export const loader: Loader = () =>
  tokenInAddress() === '' ? [] : [query(checkStartup, { body: { token: tokenInAddress() } })]

/** The very first account of a developer center, by the link that the server printed. */
export function Page() {
  return tokenInAddress() === '' ? <Incomplete title={texts.start} remedy={texts.startNoTokenRemedy} /> : <First />
}

function First() {
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: ({ name, password }) => ({
      name: name.trim() === '' ? texts.nameNeeded : null,
      password: passwordFault(password),
    }),
  })
  const { submit, ...state } = useFormSend(startUp, form, ({ email }) => {
    const handOver: LogInState = { email, message: texts.started }
    navigate(paths.logIn(), { replace: true, state: handOver })
  })
  return (
    <PlainPage title={texts.start} lead={texts.startLead}>
      <Form
        form={form}
        {...state}
        onSubmit={(values) => submit({ body: { token: tokenInAddress(), ...values } })}
        submit={texts.make}
        submitProps={{ fullWidth: true }}
      >
        <TextInput
          label={texts.name}
          autoComplete="name"
          maxLength={PERSON_NAME_MAX}
          autoFocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={texts.email}
          type="email"
          autoComplete="username"
          maxLength={EMAIL_MAX}
          {...form.getInputProps('email')}
        />
        <NewPasswordField typed={form.values.password} {...form.getInputProps('password')} />
      </Form>
    </PlainPage>
  )
}

export function Failed({ error }: { error: ApiError }) {
  return (
    <PlainPage title={texts.start} footer={<ToLogIn />}>
      <ProblemNotice problem={error.problem} />
    </PlainPage>
  )
}
