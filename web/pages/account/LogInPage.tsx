import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { logIn, me, site } from '../../../contract/accounts.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { query, useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { docs, paths, safeNext } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { PasswordField } from './PasswordField.tsx'
import { logInTexts as texts } from './log-in-texts.ts'

export const loader: Loader = () => [query(site)]

/** What a page before this one hands over: never in the address, which ends up in logs. */
export type LogInState = { email?: string; message?: string; ended?: boolean } | null

export function Page({ search }: At) {
  const { networkName } = useLoaded(site)
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const handedOver = useHistoryState<LogInState>()
  const form = useForm({
    initialValues: { email: handedOver?.email ?? '', password: '' },
    validate: ({ email, password }) => ({
      email: email.trim() === '' ? texts.emailNeeded : null,
      password: password === '' ? texts.passwordNeeded : null,
    }),
  })
  const enter = (person: Output<typeof me>) => {
    const next = safeNext(search.get('next'))
    if (next.startsWith(docs.home)) return window.location.assign(next)
    client.clear()
    client.setQueryData(query(me).queryKey, person)
    navigate(next, { replace: true })
  }
  const { submit, ...state } = useFormSend(logIn, form, enter)
  return (
    <PlainPage title={texts.logIn} lead={texts.toNetwork(networkName)} footer={<Contacts />}>
      {handedOver?.ended && <Notice tone="wait">{texts.sessionEnded}</Notice>}
      {handedOver?.message && <Notice tone="good">{handedOver.message}</Notice>}
      <Form
        form={form}
        {...state}
        onSubmit={(values) => submit({ body: values })}
        submit={texts.logIn}
        submitProps={{ fullWidth: true }}
      >
        <TextInput
          label={texts.email}
          type="email"
          autoComplete="username"
          autoFocus={!handedOver?.email}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={texts.password}
          autoComplete="current-password"
          autoFocus={Boolean(handedOver?.email)}
          {...form.getInputProps('password')}
        />
        <Link href={paths.reset()} className="small">
          {texts.forgot}
        </Link>
      </Form>
    </PlainPage>
  )
}

function Contacts() {
  const { supportMailbox, architectsContact } = useLoaded(site)
  return (
    <>
      <p>
        <strong>{texts.noAccount}</strong> {texts.noAccountWay} <Contact address={architectsContact} />.{' '}
        <a href={docs.getStarted}>{texts.getStarted}</a>
      </p>
      <p>
        {texts.problems} {texts.writeTo} <Contact address={supportMailbox} />.
      </p>
      <p>
        <a href={docs.home}>{texts.docs}</a>
      </p>
    </>
  )
}

/** The contact is configuration: an address, or a sentence. */
function Contact({ address }: { address: string }) {
  return /^\S+@\S+$/.test(address) ? <a href={`mailto:${address}`}>{address}</a> : address
}
