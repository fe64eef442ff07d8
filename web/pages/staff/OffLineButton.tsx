import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { takeOffLine } from '../../../contract/launch.ts'
import { LAUNCH } from '../../../rules/limits.ts'
import { Form } from '../../parts/Form.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'

type Props = { application: Partner['applicationList'][number] }

/** Of a launched application. Says what happens before it asks for the reason. */
export function OffLineButton({ application }: Props) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <MayButton
        needs="staff.launch.decide"
        variant="default"
        size="compact-sm"
        aria-label={texts.takeOffLineOf(application.name)}
        onClick={() => setOpen(true)}
      >
        {texts.takeOffLine}
      </MayButton>
      {isOpen && (
        <Dialog title={texts.offLineTitle(application.name)} closeLabel={shared.close} onClose={close}>
          <OffLineForm application={application} onDone={close} />
        </Dialog>
      )}
    </>
  )
}

function OffLineForm({ application, onDone }: Props & { onDone: () => void }) {
  const form = useForm<{ reason: string }>({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: isReason(reason) ? null : texts.offLineReasonFault }),
  })
  const { submit, ...state } = useFormSend(takeOffLine, form, () => {
    toast(texts.offLineDone)
    onDone()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { applicationId: application.id }, body })}
      submit={texts.takeOffLine}
      submitProps={{ color: 'red' }}
    >
      <p className="muted">{texts.offLineText}</p>
      <Textarea
        label={texts.reason}
        description={texts.offLineReasonRule}
        autosize
        minRows={2}
        {...form.getInputProps('reason')}
      />
    </Form>
  )
}

function isReason(text: string): boolean {
  const { length } = [...text.trim()]
  return length >= LAUNCH.offLineReasonMin && length <= LAUNCH.offLineReasonMax
}
