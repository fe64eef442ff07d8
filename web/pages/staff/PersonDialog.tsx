import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import {
  disableStaff,
  enableStaff,
  type listStaff,
  resendStaffActivation,
  setStaffRole,
} from '../../../contract/staff.ts'
import type { StaffRole } from '../../../rules/roles.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './people-texts.ts'
import { StaffRoleChoice } from './StaffRoleChoice.tsx'

type Props = { person: Output<typeof listStaff>['items'][number]; onClose: () => void }

/** Another role, and the ways out and in. */
export function PersonDialog({ person, onClose }: Props) {
  const [isAsked, setAsked] = useState(false)
  return (
    <Dialog title={person.name} closeLabel={shared.close} size="lg" onClose={onClose}>
      {isAsked ? (
        <Confirm person={person} onClose={onClose} onBack={() => setAsked(false)} />
      ) : (
        <div className="stack">
          <RoleForm person={person} onClose={onClose} />
          <Ways person={person} onClose={onClose} onDisable={() => setAsked(true)} />
        </div>
      )}
    </Dialog>
  )
}

function RoleForm({ person, onClose }: Props) {
  const form = useForm<{ role: StaffRole }>({ initialValues: { role: person.role }, validate: () => ({}) })
  const { submit, ...state } = useFormSend(setStaffRole, form, () => {
    toast(texts.roleSaved)
    onClose()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { personId: person.id }, body })}
      submit={texts.save}
    >
      <StaffRoleChoice label={texts.role} {...form.getInputProps('role')} />
    </Form>
  )
}

function Ways({ person, onClose, onDisable }: Props & { onDisable: () => void }) {
  const params = { personId: person.id }
  const done = (message: string) => () => {
    toast(message)
    onClose()
  }
  const resend = useSend(resendStaffActivation, done(texts.resent))
  const enable = useSend(enableStaff, done(texts.enabled))
  const failed = resend.error ?? enable.error
  const isWaiting = person.state === 'invited' || person.state === 'expired'
  return (
    <>
      {failed && <ProblemNotice problem={failed.problem} />}
      <div className="row">
        {isWaiting && (
          <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate({ params })}>
            {texts.resend}
          </Button>
        )}
        {person.state === 'disabled' ? (
          <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate({ params })}>
            {texts.enable}
          </Button>
        ) : (
          <Button variant="default" onClick={onDisable}>
            {texts.disable}
          </Button>
        )}
      </div>
    </>
  )
}

function Confirm({ person, onClose, onBack }: Props & { onBack: () => void }) {
  const send = useSend(disableStaff, () => {
    toast(texts.disabled)
    onClose()
  })
  return (
    <div className="stack">
      {send.error && <ProblemNotice problem={send.error.problem} />}
      <p>{texts.disableText(person.name)}</p>
      <div className="row">
        <Button color="red" loading={send.isPending} onClick={() => send.mutate({ params: { personId: person.id } })}>
          {texts.disable}
        </Button>
        <Button variant="default" onClick={onBack}>
          {shared.cancel}
        </Button>
      </div>
    </div>
  )
}
