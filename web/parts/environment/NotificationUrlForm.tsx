import { Button, TextInput } from '@mantine/core'
import type { setNotificationUrl } from '../../../contract/applications.ts'
import type { setProductionUrl } from '../../../contract/production.ts'
import { URL_MAX } from '../../../rules/limits.ts'
import type { PartnerApi } from '../../../rules/products.ts'
import { useSend } from '../../api.ts'
import { useForm } from '../../ui/use-form.ts'
import { callEssence } from '../../words.ts'
import { Form } from '../Form.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { toast } from '../toast.ts'
import { useFormSend } from '../use-form-send.ts'
import { texts } from './texts.ts'

type Props = {
  applicationId: string
  endpoint: typeof setNotificationUrl | typeof setProductionUrl
  api: PartnerApi
  url: string | null
}

/** One notification and where it goes. */
export function NotificationUrlForm({ applicationId, endpoint, api, url }: Props) {
  const params = { applicationId, api }
  const form = useForm({
    initialValues: { url: url ?? '' },
    validate: (values) => ({ url: values.url.trim() === '' ? texts.urlNeeded : null }),
  })
  const { submit, ...state } = useFormSend(endpoint, form, () => toast(texts.urlSaved))
  const clear = useSend(endpoint, () => {
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
          description={callEssence(api)}
          placeholder={texts.urlPlaceholder}
          type="url"
          maxLength={URL_MAX}
          {...form.getInputProps('url')}
        />
      </Form>
    </>
  )
}
