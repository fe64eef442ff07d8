import { TextInput } from '@mantine/core'
import { useLocation } from 'wouter'
import { acceptInvitation, checkInvitation } from '../../../contract/members.ts'
import { PERSON_NAME_MAX } from '../../../rules/limits.ts'
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
import { roleTitles } from '../../words.ts'
import type { LogInState } from '../account/LogInPage.tsx'
import { NewPasswordField, passwordFault } from '../account/NewPasswordField.tsx'
import { PasswordField } from '../account/PasswordField.tsx'
import { Incomplete, ToLogIn, tokenInAddress } from './link.tsx'
import { texts } from './texts.ts'

const check = () => ({ body: { token: tokenInAddress() } })

export const loader: Loader = () => (tokenInAddress() === '' ? [] : [query(checkInvitation, check())])

export function Page() {
  return tokenInAddress() === '' ? <Incomplete title={texts.join} remedy={texts.noTokenRemedy} /> : <Invited />
}

function Invited() {
  const invitation = useLoaded(checkInvitation, check())
  const { hasAccount } = invitation
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: ({ name, password }) => ({
      name: !hasAccount && name.trim() === '' ? texts.nameNeeded : null,
      password: hasAccount ? (password === '' ? texts.passwordNeeded : null) : passwordFault(password),
    }),
  })
  const { submit, ...state } = useFormSend(acceptInvitation, form, ({ email }) => {
    const handOver: LogInState = { email, message: texts.joined }
    navigate(paths.logIn(), { replace: true, state: handOver })
  })
  const token = tokenInAddress()
  const send = ({ name, password }: typeof form.values) =>
    submit({ body: { token, password, ...(hasAccount ? {} : { name }) } })
  return (
    <PlainPage title={texts.join} lead={texts.joinLead(invitation.invitedBy, invitation.partnerName)}>
      <KeyValues
        items={[
          { name: texts.email, value: invitation.email },
          { name: texts.roles, value: roleTitles(invitation.roles) },
          { name: texts.validUntil, value: <Moment at={invitation.expiresAt} /> },
        ]}
      />
      {hasAccount && <Notice tone="info">{texts.hasAccount}</Notice>}
      <Form form={form} {...state} onSubmit={send} submit={texts.accept} submitProps={{ fullWidth: true }}>
        <input type="hidden" name="username" autoComplete="username" value={invitation.email} />
        {hasAccount ? (
          <PasswordField
            label={texts.password}
            autoComplete="current-password"
            autoFocus
            {...form.getInputProps('password')}
          />
        ) : (
          <>
            <TextInput
              label={texts.name}
              autoComplete="name"
              maxLength={PERSON_NAME_MAX}
              autoFocus
              {...form.getInputProps('name')}
            />
            <NewPasswordField typed={form.values.password} {...form.getInputProps('password')} />
          </>
        )}
      </Form>
    </PlainPage>
  )
}

export function Failed({ error }: { error: ApiError }) {
  return (
    <PlainPage title={texts.join} footer={<ToLogIn />}>
      <ProblemNotice problem={error.problem} />
    </PlainPage>
  )
}
