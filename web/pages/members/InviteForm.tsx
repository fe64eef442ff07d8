import { TagsInput } from '@mantine/core'
import { inviteMembers } from '../../../contract/members.ts'
import { INVITATION } from '../../../rules/limits.ts'
import type { PartnerRole } from '../../../rules/roles.ts'
import { Form } from '../../parts/Form.tsx'
import { RoleChoice } from '../../parts/RoleChoice.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

type Values = { emails: string[]; roles: PartnerRole[] }

export function InviteForm() {
  const form = useForm<Values>({
    initialValues: { emails: [], roles: [] },
    validate: ({ emails, roles }) => ({
      emails: addressesFault(emails),
      roles: roles.length === 0 ? texts.rolesNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(inviteMembers, form, () => {
    form.reset()
    toast(texts.sent)
  })
  return (
    <div className="measure">
      <Form form={form} {...state} onSubmit={(body) => submit({ body })} submit={texts.send}>
        <TagsInput
          label={texts.addresses}
          description={texts.addressesRule}
          maxTags={INVITATION.perBatch}
          splitChars={[',', ';', ' ', '\n']}
          {...form.getInputProps('emails')}
        />
        <RoleChoice label={texts.roles} {...form.getInputProps('roles')} />
      </Form>
    </div>
  )
}

function addressesFault(addresses: string[]): string | null {
  if (addresses.length === 0) return texts.addressesNeeded
  const wrong = addresses.find((address) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
  return wrong === undefined ? null : texts.addressFault(wrong)
}
