import { changePassword } from '../../../contract/accounts.ts'
import { useMe } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useForm } from '../../ui/use-form.ts'
import { NewPasswordField, passwordFault } from '../account/NewPasswordField.tsx'
import { PasswordField } from '../account/PasswordField.tsx'
import { texts } from './texts.ts'

/** Asks for the password of now, so that nobody at a screen left open can change it. */
export function PasswordForm() {
  const { person } = useMe()
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: ({ currentPassword, newPassword }) => ({
      currentPassword: currentPassword === '' ? texts.currentNeeded : null,
      newPassword: passwordFault(newPassword),
    }),
  })
  const { submit, ...state } = useFormSend(changePassword, form, () => {
    form.reset()
    toast(texts.changed)
  })
  return (
    <div className="measure">
      <Form form={form} {...state} onSubmit={(body) => submit({ body })} submit={texts.change}>
        <input type="hidden" name="username" autoComplete="username" value={person.email} />
        <PasswordField
          label={texts.currentPassword}
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <NewPasswordField typed={form.values.newPassword} {...form.getInputProps('newPassword')} />
      </Form>
    </div>
  )
}
