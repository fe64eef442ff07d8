import { Button } from '@mantine/core'
import { proveSession } from '../../../contract/accounts.ts'
import { useMe } from '../../api.ts'
import { PasswordField } from '../../pages/account/PasswordField.tsx'
import { useAskedProof } from '../../proof.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Form } from '../Form.tsx'
import { texts } from '../texts.ts'
import { useFormSend } from '../use-form-send.ts'

/** "Please confirm that it is you": asked by the server before what a borrowed session must not do. */
export function ProofDialog() {
  const asked = useAskedProof()
  return asked && <Question answer={asked.answer} />
}

function Question({ answer }: { answer: (proved: boolean) => void }) {
  const { person } = useMe()
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => ({ password: password === '' ? texts.passwordNeeded : null }),
  })
  const { submit, ...state } = useFormSend(proveSession, form, () => answer(true))
  const leave = () => answer(false)
  return (
    <Dialog title={texts.proof} closeLabel={texts.close} onClose={leave}>
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ body })}
        submit={texts.confirm}
        beside={
          <Button variant="default" onClick={leave}>
            {texts.cancel}
          </Button>
        }
      >
        <p>{texts.proofLead}</p>
        <input type="hidden" name="username" autoComplete="username" value={person.email} />
        <PasswordField
          label={texts.password}
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('password')}
        />
      </Form>
    </Dialog>
  )
}
