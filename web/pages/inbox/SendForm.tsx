import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { getSandbox } from '../../../contract/applications.ts'
import { type InboxCallView, sendInboxCall } from '../../../contract/inbox.ts'
import { URL_MAX } from '../../../rules/limits.ts'
import { useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

/** The notification itself goes to a server: now, and whenever it is sent again. */
export function SendForm({ applicationId, call }: { applicationId: string; call: InboxCallView }) {
  const { notificationUrls } = useLoaded(getSandbox, { params: { applicationId } })
  const set = notificationUrls.find(({ api, url }) => api === call.api && url && !url.startsWith('inbox:'))?.url
  const [sent, setSent] = useState<string>()
  const form = useForm({
    initialValues: { url: '' },
    validate: ({ url }) => ({ url: url.trim() === '' && !set ? texts.urlNeeded : null }),
  })
  const { submit, ...state } = useFormSend(sendInboxCall, form, ({ id }) => {
    setSent(id)
    toast(texts.sent)
  })
  const send = ({ url }: { url: string }) =>
    submit({ params: { applicationId, callId: call.id }, body: { url: url.trim() === '' ? null : url } })
  return (
    <section className="stack-tight" aria-label={texts.send}>
      <h3>{texts.send}</h3>
      <p>{texts.sendLead}</p>
      {sent && (
        <Notice tone="good">
          <span>
            {texts.sentTo}{' '}
            <Link href={paths.notifications(applicationId, { notification: sent, search: sent })}>{texts.inLog}</Link>
          </span>
        </Notice>
      )}
      <Form form={form} {...state} onSubmit={send} submit={texts.sendNow}>
        <TextInput
          label={texts.url}
          description={set ? texts.urlOwn(set) : texts.urlRule}
          placeholder="https://api.example.com/notify"
          maxLength={URL_MAX}
          spellCheck={false}
          {...form.getInputProps('url')}
        />
      </Form>
    </section>
  )
}
