import { Button, TextInput } from '@mantine/core'
import { useLocation } from 'wouter'
import { type ApplicationView, deleteApplication } from '../../../contract/applications.ts'
import { Form } from '../../parts/Form.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { numberOf } from '../../language.ts'
import { texts } from './texts.ts'

/** Whoever deletes sees what would break, and types the name. */
export function DeleteDialog({ application, onClose }: { application: ApplicationView; onClose: () => void }) {
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { typedName: '' },
    validate: ({ typedName }) => ({ typedName: typedName.trim() === application.name ? null : texts.nameDiffers }),
  })
  const { submit, ...state } = useFormSend(deleteApplication, form, () => {
    navigate(paths.applications(application.id), { replace: true })
  })
  return (
    <Dialog title={texts.deleteTitle(application.name)} closeLabel={shared.close} onClose={onClose}>
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params: { applicationId: application.id }, body })}
        submit={texts.delete}
        submitProps={{ color: 'red' }}
        beside={
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        }
      >
        <Notice tone="wait">
          <span>{texts.deleteText}</span>
          <strong>{texts.deleteCalls(numberOf(application.callsLastDay))}</strong>
          <span>{texts.deleteUndo}</span>
        </Notice>
        <TextInput
          label={texts.typeName}
          description={application.name}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('typedName')}
        />
      </Form>
    </Dialog>
  )
}
