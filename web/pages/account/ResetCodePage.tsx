import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { resendResetCode, verifyResetCode } from '../../../contract/accounts.ts'
import { RESET } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

export const loader: Loader = () => []

/** Kept by the browser with this step, so that a reload counts on from where it was. */
export type CodeState = { email?: string | undefined; resendAt?: number } | null

const digits = new RegExp(`^\\d{${RESET.digits}}$`)

export function Page() {
  const [, navigate] = useLocation()
  const known = useHistoryState<CodeState>()
  const form = useForm({
    initialValues: { code: '' },
    validate: ({ code }) => ({ code: digits.test(code.replace(/\s/g, '')) ? null : texts.codeNeeded }),
  })
  const { submit, ...state } = useFormSend(verifyResetCode, form, () =>
    navigate(paths.resetPassword(), { state: { email: known?.email } satisfies CodeState }),
  )
  return (
    <PlainPage
      title={texts.resetCode}
      lead={texts.resetCodeLead}
      footer={<Link href={paths.reset()}>{texts.otherAddress}</Link>}
    >
      <Form
        form={form}
        {...state}
        onSubmit={({ code }) => submit({ body: { code: code.replace(/\s/g, '') } })}
        submit={texts.confirm}
        submitProps={{ fullWidth: true }}
      >
        <TextInput
          label={texts.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          {...form.getInputProps('code')}
        />
      </Form>
      <Resend known={known} />
    </PlainPage>
  )
}

function Resend({ known }: { known: CodeState }) {
  const [, navigate] = useLocation()
  const send = useSend(resendResetCode, ({ resendSeconds }) =>
    navigate(paths.resetCode(), { replace: true, state: { ...known, resendAt: Date.now() + resendSeconds * 1000 } }),
  )
  const seconds = useSecondsUntil(known?.resendAt ?? 0)
  return (
    <>
      {send.error && <ProblemNotice problem={send.error.problem} />}
      {send.isSuccess && <Notice tone="good">{texts.resent}</Notice>}
      <Button variant="default" disabled={seconds > 0} loading={send.isPending} onClick={() => send.mutate({})}>
        {seconds > 0 ? texts.resendIn(seconds) : texts.resend}
      </Button>
    </>
  )
}

function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(() => Date.now())
  const isWaiting = now < moment
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [isWaiting])
  return Math.max(0, Math.ceil((moment - now) / 1000))
}
