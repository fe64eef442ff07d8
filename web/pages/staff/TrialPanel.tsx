import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { convertTrial, extendTrial } from '../../../contract/partners.ts'
import { TRIAL } from '../../../rules/limits.ts'
import type { PartnerType } from '../../../rules/products.ts'
import type { PartnerRole } from '../../../rules/roles.ts'
import { Form } from '../../parts/Form.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { RoleChoice } from '../../parts/RoleChoice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'
import { isTrialDays } from './trial-days.ts'
import { TypeChoice } from './TypeChoice.tsx'

type Props = { partner: Partner; endsAt: string }

/** Until when the trial goes on, and the two ways on. */
export function TrialPanel({ partner, endsAt }: Props) {
  const [opened, setOpened] = useState<'extend' | 'convert'>()
  const close = () => setOpened(undefined)
  const isOver = partner.trial === 'over'
  return (
    <Panel
      title={texts.trialTitle}
      actions={
        <>
          <MayButton needs="staff.partner.change" variant="default" size="xs" onClick={() => setOpened('extend')}>
            {texts.extend}
          </MayButton>
          <MayButton needs="staff.partner.change" size="xs" onClick={() => setOpened('convert')}>
            {texts.convert}
          </MayButton>
        </>
      }
    >
      <p>
        {isOver ? texts.trialEnded : texts.trialEnds} <Moment at={endsAt} />
        {isOver && <span className="muted"> · {texts.trialEndedWhy}</span>}
      </p>
      {opened === 'extend' && (
        <Dialog title={texts.extendTitle} closeLabel={shared.close} onClose={close}>
          <ExtendForm partnerId={partner.id} onDone={close} />
        </Dialog>
      )}
      {opened === 'convert' && (
        <Dialog title={texts.convertTitle} closeLabel={shared.close} size="lg" onClose={close}>
          <ConvertForm partner={partner} onDone={close} />
        </Dialog>
      )}
    </Panel>
  )
}

const DAYS_OFFERED = 30

function ExtendForm({ partnerId, onDone }: { partnerId: string; onDone: () => void }) {
  const form = useForm<{ days: number | string; reason: string }>({
    initialValues: { days: DAYS_OFFERED, reason: '' },
    validate: ({ days, reason }) => ({
      days: isTrialDays(days) ? null : texts.extendDaysFault,
      reason: [...reason.trim()].length < TRIAL.reasonMin ? texts.reasonFault : null,
    }),
  })
  const { submit, ...state } = useFormSend(extendTrial, form, () => {
    toast(texts.extended)
    onDone()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={({ days, reason }) => submit({ params: { partnerId }, body: { days: Number(days), reason } })}
      submit={texts.extend}
    >
      <NumberInput
        label={texts.extendDays}
        description={texts.extendDaysRule}
        min={1}
        max={TRIAL.extendDaysMax}
        allowDecimal={false}
        value={form.values.days}
        error={form.errors.days}
        onChange={(days) => form.setFieldValue('days', days)}
      />
      <TextInput
        label={texts.reason}
        description={texts.reasonRule}
        maxLength={TRIAL.reasonMax}
        {...form.getInputProps('reason')}
      />
    </Form>
  )
}

function ConvertForm({ partner, onDone }: { partner: Partner; onDone: () => void }) {
  const form = useForm<{ roles: PartnerRole[]; partnerTypes: PartnerType[] }>({
    initialValues: { roles: ['developer_admin'], partnerTypes: partner.partnerTypes },
    validate: ({ roles, partnerTypes }) => ({
      roles: roles.length === 0 ? texts.rolesNeeded : null,
      partnerTypes: partnerTypes.length === 0 ? texts.typesNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(convertTrial, form, () => {
    toast(texts.converted)
    onDone()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { partnerId: partner.id }, body })}
      submit={texts.convert}
    >
      <p className="muted">{texts.convertLead}</p>
      <RoleChoice label={texts.convertRoles} without="developer_on_trial" {...form.getInputProps('roles')} />
      <TypeChoice label={texts.types} {...form.getInputProps('partnerTypes')} />
    </Form>
  )
}
