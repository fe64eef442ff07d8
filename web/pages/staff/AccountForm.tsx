import { TextInput } from '@mantine/core'
import { useId } from 'react'
import { openAccount } from '../../../contract/partners.ts'
import { EMAIL_MAX, PERSON_NAME_MAX } from '../../../rules/limits.ts'
import type { PartnerRole } from '../../../rules/roles.ts'
import { Form } from '../../parts/Form.tsx'
import { RoleChoice } from '../../parts/RoleChoice.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useForm } from '../../ui/use-form.ts'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'

type Values = { name: string; email: string; roles: PartnerRole[] }

/** Opens an account under an NDA address. Each role says what it allows, in the words of the table. */
export function AccountForm({ partner }: { partner: Partner }) {
  const addresses = useId()
  const form = useForm<Values>({
    initialValues: { name: '', email: '', roles: [] },
    validate: ({ name, email, roles }) => ({
      name: name.trim() === '' ? texts.personNameNeeded : null,
      email: email.trim() === '' ? texts.emailNeeded : null,
      roles: roles.length === 0 ? texts.rolesNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(openAccount, form, () => {
    form.reset()
    toast(texts.accountOpened)
  })
  return (
    <div className="measure">
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params: { partnerId: partner.id }, body })}
        submit={texts.openAccount}
      >
        <p className="muted">{texts.openAccountLead}</p>
        <TextInput
          label={texts.personName}
          maxLength={PERSON_NAME_MAX}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <TextInput
          label={texts.email}
          description={texts.emailRule}
          type="email"
          maxLength={EMAIL_MAX}
          autoComplete="off"
          list={addresses}
          {...form.getInputProps('email')}
        />
        <datalist id={addresses}>
          {partner.ndaAddresses.map((address) => (
            <option key={address} value={address} />
          ))}
        </datalist>
        <RoleChoice label={texts.roles} {...form.getInputProps('roles')} />
      </Form>
    </div>
  )
}
