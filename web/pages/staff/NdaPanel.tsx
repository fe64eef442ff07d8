import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { addNdaAddress, removeNdaAddress } from '../../../contract/partners.ts'
import { EMAIL_MAX } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useMay } from '../../parts/use-may.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'

/** The addresses that signed the NDA: accounts are opened for these only. */
export function NdaPanel({ partner }: { partner: Partner }) {
  const [asked, setAsked] = useState<string>()
  const remove = useSend(removeNdaAddress, () => toast(texts.addressRemoved))
  const mayChange = useMay('staff.partner.change')
  return (
    <Panel title={texts.ndaAddresses}>
      <div className="stack">
        {remove.error && <ProblemNotice problem={remove.error.problem} />}
        {asked !== undefined && (
          <ConfirmDialog
            title={texts.removeAddressTitle}
            text={texts.removeAddressText}
            confirm={texts.removeAddress}
            cancel={shared.cancel}
            closeLabel={shared.close}
            isDangerous
            onConfirm={() => remove.mutate({ params: { partnerId: partner.id }, body: { email: asked } })}
            onClose={() => setAsked(undefined)}
          />
        )}
        <DataTable
          caption={texts.ndaAddresses}
          rows={partner.ndaAddresses}
          rowKey={(address) => address}
          columns={[
            { title: texts.email, cell: (address) => <span className="break">{address}</span>, wide: true },
            {
              title: texts.actions,
              cell: (address) => (
                <MayButton
                  needs="staff.partner.change"
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.removeAddressOf(address)}
                  onClick={() => setAsked(address)}
                >
                  {texts.removeAddress}
                </MayButton>
              ),
            },
          ]}
        />
        {mayChange ? (
          <AddressForm partnerId={partner.id} />
        ) : (
          <div className="row">
            <MayButton needs="staff.partner.change" variant="default">
              {texts.addAddress}
            </MayButton>
          </div>
        )}
      </div>
    </Panel>
  )
}

function AddressForm({ partnerId }: { partnerId: string }) {
  const form = useForm<{ email: string }>({
    initialValues: { email: '' },
    validate: ({ email }) => ({ email: email.trim() === '' ? texts.emailNeeded : null }),
  })
  const { submit, ...state } = useFormSend(addNdaAddress, form, () => {
    form.reset()
    toast(texts.addressAdded)
  })
  return (
    <div className="measure">
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params: { partnerId }, body })}
        submit={texts.addAddress}
        submitProps={{ variant: 'default' }}
      >
        <TextInput
          label={texts.newAddress}
          type="email"
          maxLength={EMAIL_MAX}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
      </Form>
    </div>
  )
}
