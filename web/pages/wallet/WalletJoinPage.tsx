import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { acceptWalletInvitation, checkWalletInvitation } from '../../../contract/wallet.ts'
import { type ApiError, query, useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import type { Loader } from '../../page.ts'
import { paths } from '../../paths.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { NewPasswordField, passwordFault } from '../account/NewPasswordField.tsx'
import { tokenInAddress } from '../joining/link.tsx'
import { Phone } from './Phone.tsx'
import { texts } from './texts.ts'
import type { WalletLogInState } from './WalletLogInPage.tsx'

const check = () => ({ body: { token: tokenInAddress() } })

export const loader: Loader = () => (tokenInAddress() === '' ? [] : [query(checkWalletInvitation, check())])

/** A merchant opens the link of the invitation, and chooses a password. */
export function Page() {
  return tokenInAddress() === '' ? <Incomplete /> : <Invited />
}

function Invited() {
  const invitation = useLoaded(checkWalletInvitation, check())
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => ({ password: passwordFault(password) }),
  })
  const { submit, ...state } = useFormSend(acceptWalletInvitation, form, ({ account }) => {
    const handOver: WalletLogInState = { account, message: texts.joinDone }
    navigate(paths.walletLogIn(), { replace: true, state: handOver })
  })
  const token = tokenInAddress()
  return (
    <Phone title={texts.join} detail={invitation.merchantName}>
      <p>{texts.joinLead(invitation.partnerName, invitation.applicationName)}</p>
      <KeyValues
        items={[
          { name: texts.account, value: invitation.account, copy: invitation.account },
          { name: texts.validUntil, value: <Moment at={invitation.expiresAt} /> },
        ]}
      />
      {invitation.hasPassword && <Notice tone="info">{texts.joinAgain}</Notice>}
      <Form
        form={form}
        {...state}
        onSubmit={({ password }) => submit({ body: { token, password } })}
        submit={texts.setPassword}
        submitProps={{ fullWidth: true, size: 'md' }}
      >
        <input type="hidden" name="username" autoComplete="username" value={invitation.account} />
        <NewPasswordField typed={form.values.password} {...form.getInputProps('password')} />
      </Form>
    </Phone>
  )
}

function Incomplete() {
  return (
    <Phone title={texts.join}>
      <Notice tone="bad" title={texts.noToken}>
        {texts.noTokenText}
      </Notice>
      <ToLogIn />
    </Phone>
  )
}

const ToLogIn = () => (
  <Button component={Link} href={paths.walletLogIn()} variant="default">
    {texts.logIn}
  </Button>
)

export function Failed({ error }: { error: ApiError }) {
  return (
    <Phone title={texts.join}>
      <ProblemNotice problem={error.problem} />
      <ToLogIn />
    </Phone>
  )
}
