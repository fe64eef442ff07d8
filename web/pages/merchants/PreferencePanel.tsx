import { Checkbox, TagsInput } from '@mantine/core'
import { getInvitationPreference, setInvitationPreference } from '../../../contract/merchants.ts'
import { MERCHANT } from '../../../rules/limits.ts'
import { useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

/** To whom invitations go from now on. */
export function PreferencePanel({ applicationId }: { applicationId: string }) {
  const params = { applicationId }
  const preference = useLoaded(getInvitationPreference, { params })
  const form = useForm<{ toMerchant: boolean; copies: string[] }>({
    initialValues: preference,
    validate: ({ toMerchant, copies }) => ({
      copies: !toMerchant && copies.length === 0 ? texts.recipientNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(setInvitationPreference, form, () => toast(texts.preferenceSaved))
  return (
    <Panel title={texts.tabs.preference} lead={texts.preferenceLead}>
      <div className="measure">
        <Form form={form} {...state} onSubmit={(body) => submit({ params, body })} submit={texts.save}>
          <Checkbox
            label={texts.toMerchant}
            description={texts.toMerchantWhy}
            checked={form.values.toMerchant}
            onChange={(event) => form.setFieldValue('toMerchant', event.currentTarget.checked)}
          />
          <TagsInput
            label={texts.copies}
            description={texts.copiesWhy}
            maxTags={MERCHANT.copiesMax}
            splitChars={[',', ';', ' ', '\n']}
            {...form.getInputProps('copies')}
          />
        </Form>
      </div>
    </Panel>
  )
}
