import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  disableMember,
  enableMember,
  endMemberSessions,
  removeMember,
  setMemberRoles,
} from '../../../contract/members.ts'
import type { PartnerRole } from '../../../rules/roles.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { RoleChoice } from '../../parts/RoleChoice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Member } from './member.ts'
import { texts } from './texts.ts'

type Props = { member: Member; onClose: () => void }

/** What can be done with one member: other roles, and the ways out. */
export function MemberDialog({ member, onClose }: Props) {
  const [asked, setAsked] = useState<'disable' | 'remove'>()
  return (
    <Dialog title={member.name} closeLabel={shared.close} size="lg" onClose={onClose}>
      {asked ? (
        <Confirm member={member} what={asked} onClose={onClose} onBack={() => setAsked(undefined)} />
      ) : (
        <div className="stack">
          <RolesForm member={member} onClose={onClose} />
          <Ways member={member} onAsk={setAsked} onClose={onClose} />
        </div>
      )}
    </Dialog>
  )
}

function RolesForm({ member, onClose }: Props) {
  const form = useForm<{ roles: PartnerRole[] }>({
    initialValues: { roles: member.roles },
    validate: ({ roles }) => ({ roles: roles.length === 0 ? texts.rolesNeeded : null }),
  })
  const { submit, ...state } = useFormSend(setMemberRoles, form, () => {
    toast(texts.rolesSaved)
    onClose()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { personId: member.id }, body })}
      submit={texts.save}
    >
      <RoleChoice label={texts.roles} {...form.getInputProps('roles')} />
    </Form>
  )
}

function Ways({ member, onAsk, onClose }: Props & { onAsk: (what: 'disable' | 'remove') => void }) {
  const params = { personId: member.id }
  const endSessions = useSend(endMemberSessions, ({ ended }) => toast(texts.sessionsEnded(ended)))
  const enable = useSend(enableMember, () => {
    toast(texts.enabled)
    onClose()
  })
  const failed = endSessions.error ?? enable.error
  return (
    <>
      {failed && <ProblemNotice problem={failed.problem} />}
      <div className="row">
        <Button variant="default" loading={endSessions.isPending} onClick={() => endSessions.mutate({ params })}>
          {texts.endSessions}
        </Button>
        {member.state === 'disabled' ? (
          <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate({ params })}>
            {texts.enable}
          </Button>
        ) : (
          <Button variant="default" onClick={() => onAsk('disable')}>
            {texts.disable}
          </Button>
        )}
        <Button variant="default" onClick={() => onAsk('remove')}>
          {texts.remove}
        </Button>
      </div>
    </>
  )
}

const ENDPOINTS = { disable: disableMember, remove: removeMember }

function Confirm({ member, what, onClose, onBack }: Props & { what: 'disable' | 'remove'; onBack: () => void }) {
  const send = useSend(ENDPOINTS[what], () => {
    toast(what === 'disable' ? texts.disabled : texts.removed)
    onClose()
  })
  return (
    <div className="stack">
      {send.error && <ProblemNotice problem={send.error.problem} />}
      <p>{what === 'disable' ? texts.disableText(member.name) : texts.removeText(member.name)}</p>
      <div className="row">
        <Button color="red" loading={send.isPending} onClick={() => send.mutate({ params: { personId: member.id } })}>
          {texts[what]}
        </Button>
        <Button variant="default" onClick={onBack}>
          {shared.cancel}
        </Button>
      </div>
    </div>
  )
}
