import { Button, TextInput } from '@mantine/core'
import { setNotificationUrl } from '../../../contract/applications.ts'
import { URL_MAX } from '../../../rules/limits.ts'
import type { NotificationApi } from '../../../rules/products.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useForm } from '../../ui/use-form.ts'
import { notificationEssence } from '../../words.ts'
import { texts } from './texts.ts'

type Props = { applicationId: string; api: NotificationApi; url: string | null }

/** One notification and where it goes. */
export function NotificationUrlForm({ applicationId, api, url }: Props) {
  const params = { applicationId, api }
  const form = useForm({
    initialValues: { url: url ?? '' },
    validate: (values) => ({ url: values.url.trim() === '' ? texts.urlNeeded : null }),
  })
  const { submit, ...state } = useFormSend(setNotificationUrl, form, () => toast(texts.urlSaved))
  const clear = useSend(setNotificationUrl, () => {
    form.setFieldValue('url', '')
    toast(texts.urlCleared)
  })
  return (
    <>
      {clear.error && <ProblemNotice problem={clear.error.problem} />}
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params, body })}
        submit={texts.save}
        beside={
          url !== null && (
            <Button
              variant="default"
              loading={clear.isPending}
              onClick={() => clear.mutate({ params, body: { url: null } })}
            >
              {texts.clear}
            </Button>
          )
        }
      >
        <TextInput
          label={texts.urlOf(api)}
          description={notificationEssence(api)}
          placeholder={texts.urlPlaceholder}
          type="url"
          maxLength={URL_MAX}
          {...form.getInputProps('url')}
        />
      </Form>
    </>
  )
}
