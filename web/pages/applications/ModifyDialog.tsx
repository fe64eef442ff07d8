import { Button, Textarea, TextInput } from '@mantine/core'
import { type ApplicationView, modifyApplication } from '../../../contract/applications.ts'
import { Form } from '../../parts/Form.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { descriptionFault, nameFault } from './faults.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

export function ModifyDialog({ application, onClose }: { application: ApplicationView; onClose: () => void }) {
  const form = useForm({
    initialValues: { name: application.name, description: application.description },
    validate: ({ name, description }) => ({ name: nameFault(name), description: descriptionFault(description) }),
  })
  const { submit, ...state } = useFormSend(modifyApplication, form, () => {
    toast(texts.saved)
    onClose()
  })
  return (
    <Dialog title={texts.modify} closeLabel={shared.close} onClose={onClose} size="lg">
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params: { applicationId: application.id }, body })}
        submit={texts.save}
        beside={
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        }
      >
        <TextInput label={texts.name} description={texts.nameRule} data-autofocus {...form.getInputProps('name')} />
        <Textarea label={texts.description} rows={4} {...form.getInputProps('description')} />
      </Form>
    </Dialog>
  )
}
