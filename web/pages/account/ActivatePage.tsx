import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { activate, checkActivation } from '../../../contract/accounts.ts'
import { type ApiError, query, useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { LogInState } from './LogInPage.tsx'
import { NewPasswordField, passwordFault } from './NewPasswordField.tsx'
import { logInTexts } from './log-in-texts.ts'
import { texts } from './texts.ts'

/** The token stands behind the `#`: browsers never send that part, so it is in no log and no referrer. */
const tokenInAddress = () => window.location.hash.slice(1)
const check = () => ({ body: { token: tokenInAddress() } })

export const loader: Loader = () => (tokenInAddress() === '' ? [] : [query(checkActivation, check())])

export function Page() {
  if (tokenInAddress() !== '') return <Activation />
  return (
    <PlainPage title={texts.activate} footer={<ToLogIn />}>
      <Notice tone="bad" title={texts.noToken}>
        {texts.noTokenRemedy}
      </Notice>
    </PlainPage>
  )
}

function Activation() {
  const account = useLoaded(checkActivation, check())
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => ({ password: passwordFault(password) }),
  })
  const { submit, ...state } = useFormSend(activate, form, ({ email }) => {
    const handOver: LogInState = { email, message: texts.activated }
    navigate(paths.logIn(), { replace: true, state: handOver })
  })
  return (
    <PlainPage title={texts.activate} lead={texts.activateFor(account.partnerName)}>
      <KeyValues
        items={[
          { name: texts.name, value: account.name },
          { name: logInTexts.email, value: account.email },
          { name: texts.activateValid, value: <Moment at={account.expiresAt} /> },
        ]}
      />
      <Form
        form={form}
        {...state}
        onSubmit={({ password }) => submit({ body: { token: tokenInAddress(), password } })}
        submit={texts.setPassword}
        submitProps={{ fullWidth: true }}
      >
        {/* Lets a password manager store the two together. */}
        <input type="hidden" name="username" autoComplete="username" value={account.email} />
        <NewPasswordField typed={form.values.password} autoFocus {...form.getInputProps('password')} />
      </Form>
    </PlainPage>
  )
}

export function Failed({ error }: { error: ApiError }) {
  return (
    <PlainPage title={texts.activate} footer={<ToLogIn />}>
      <ProblemNotice problem={error.problem} />
    </PlainPage>
  )
}

const ToLogIn = () => (
  <Button component={Link} href={paths.logIn()} variant="default">
    {texts.toLogIn}
  </Button>
)
