import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  changeMerchant,
  removeMerchant,
  sendMerchantInvitation,
  withdrawMerchantInvitation,
} from '../../../contract/merchants.ts'
import type { ProductId } from '../../../rules/products.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { useForm } from '../../ui/use-form.ts'
import { InvitationLink } from './InvitationLink.tsx'
import { type Merchant, STATUS_TONES } from './merchant.ts'
import { MerchantFields, validateMerchant } from './MerchantFields.tsx'
import { Invitation, Remarks } from './MerchantTable.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; merchant: Merchant; offered: readonly ProductId[]; onClose: () => void }

/** One merchant: how far it has come, and what can be done. */
export function MerchantDialog({ applicationId, merchant, offered, onClose }: Props) {
  const [shown, show] = useState<'facts' | 'edit' | 'link' | 'remove'>('facts')
  const back = () => show('facts')
  return (
    <Dialog title={merchant.name} closeLabel={shared.close} size="lg" onClose={onClose}>
      {shown === 'facts' && <Facts applicationId={applicationId} merchant={merchant} onShow={show} />}
      {shown === 'link' && <InvitationLink applicationId={applicationId} merchantId={merchant.id} onBack={back} />}
      {shown === 'edit' && <Edit {...{ applicationId, merchant, offered }} onBack={back} />}
      {shown === 'remove' && <Remove {...{ applicationId, merchant, onClose }} onBack={back} />}
    </Dialog>
  )
}

type FactsProps = Pick<Props, 'applicationId' | 'merchant'> & { onShow: (what: 'edit' | 'link' | 'remove') => void }

function Facts({ applicationId, merchant, onShow }: FactsProps) {
  const { invitation, status } = merchant
  return (
    <div className="stack">
      <KeyValues
        items={[
          { name: texts.mid, value: merchant.mid, copy: merchant.mid },
          { name: texts.email, value: merchant.email },
          { name: texts.account, value: merchant.account, copy: merchant.account },
          { name: texts.status, value: <StateWord tone={STATUS_TONES[status]}>{texts.statuses[status]}</StateWord> },
          { name: texts.invitation, value: <Invitation merchant={merchant} /> },
          ...(merchant.remarks !== null || invitation.nextAttemptAt !== null || invitation.perhapsTwice
            ? [{ name: texts.remarks, value: <Remarks merchant={merchant} /> }]
            : []),
          ...(invitation.invitedBy === null ? [] : [{ name: texts.invitedBy, value: invitation.invitedBy }]),
          ...moments(merchant),
        ]}
      />
      <Ways applicationId={applicationId} merchant={merchant} onShow={onShow} />
    </div>
  )
}

function moments({ invitation, firstLogInAt, createdAt }: Merchant) {
  const steps: [string, string | null][] = [
    [texts.addedAt, createdAt],
    [texts.mailSent, invitation.sentAt],
    [texts.openedAt, invitation.openedAt],
    [texts.acceptedAt, invitation.acceptedAt],
    [texts.firstLogIn, firstLogInAt],
  ]
  return steps.flatMap(([name, at]) => (at === null ? [] : [{ name, value: <Moment at={at} /> }]))
}

function Ways({ applicationId, merchant, onShow }: FactsProps) {
  const params = { applicationId, merchantId: merchant.id }
  const send = useSend(sendMerchantInvitation, () => toast(texts.sent))
  const withdraw = useSend(withdrawMerchantInvitation, () => toast(texts.withdrawn))
  const failed = send.error ?? withdraw.error
  const { state } = merchant.invitation
  const isOpen = ['queued', 'sent', 'refused', 'opened'].includes(state)
  return (
    <>
      {failed && <ProblemNotice problem={failed.problem} />}
      <div className="row">
        <Button loading={send.isPending} onClick={() => send.mutate({ params })}>
          {state === 'none' ? texts.send : state === 'accepted' ? texts.sendNewPassword : texts.resend}
        </Button>
        {isOpen && (
          <>
            <Button variant="default" onClick={() => onShow('link')}>
              {texts.link}
            </Button>
            <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
              {texts.withdraw}
            </Button>
          </>
        )}
        <Button variant="default" onClick={() => onShow('edit')}>
          {texts.change}
        </Button>
        <Button variant="default" onClick={() => onShow('remove')}>
          {texts.remove}
        </Button>
      </div>
    </>
  )
}

type EditProps = Omit<Props, 'onClose'> & { onBack: () => void }

function Edit({ applicationId, merchant, offered, onBack }: EditProps) {
  const { id, name, email, products } = merchant
  const form = useForm<{ name: string; email: string; products: ProductId[] }>({
    initialValues: { name, email, products: products.filter((product) => offered.includes(product)) },
    validate: validateMerchant,
  })
  const { submit, ...state } = useFormSend(changeMerchant, form, () => {
    toast(texts.changed)
    onBack()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { applicationId, merchantId: id }, body })}
      submit={texts.save}
      beside={
        <Button variant="default" onClick={onBack}>
          {shared.cancel}
        </Button>
      }
    >
      <MerchantFields
        offered={offered}
        name={form.getInputProps('name')}
        email={form.getInputProps('email')}
        products={form.getInputProps('products')}
      />
      <p className="muted small">{texts.addressChange}</p>
    </Form>
  )
}

function Remove({ applicationId, merchant, onClose, onBack }: Omit<Props, 'offered'> & { onBack: () => void }) {
  const remove = useSend(removeMerchant, () => {
    toast(texts.removed)
    onClose()
  })
  return (
    <div className="stack">
      {remove.error && <ProblemNotice problem={remove.error.problem} />}
      <p>{texts.removeText(merchant.name)}</p>
      <div className="row">
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { applicationId, merchantId: merchant.id } })}
        >
          {texts.remove}
        </Button>
        <Button variant="default" onClick={onBack}>
          {shared.cancel}
        </Button>
      </div>
    </div>
  )
}
