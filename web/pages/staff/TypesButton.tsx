import { useState } from 'react'
import { setPartnerContract } from '../../../contract/partners.ts'
import type { PartnerType, ProductId } from '../../../rules/products.ts'
import { Form } from '../../parts/Form.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { ContractProductChoice } from './ContractProductChoice.tsx'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'
import { TypeChoice } from './TypeChoice.tsx'

export function TypesButton({ partner }: { partner: Partner }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <MayButton
        needs="staff.partner.change"
        variant="default"
        size="xs"
        aria-label={texts.changeTypesOf}
        onClick={() => setOpen(true)}
      >
        {texts.changeTypes}
      </MayButton>
      {isOpen && (
        <Dialog title={texts.typesTitle} closeLabel={shared.close} onClose={() => setOpen(false)}>
          <TypesForm partner={partner} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

function TypesForm({ partner, onDone }: { partner: Partner; onDone: () => void }) {
  const form = useForm<{ partnerTypes: PartnerType[]; contractProducts: ProductId[] }>({
    initialValues: { partnerTypes: partner.partnerTypes, contractProducts: partner.contractProducts },
    validate: ({ partnerTypes, contractProducts }) => ({
      partnerTypes: partnerTypes.length === 0 ? texts.typesNeeded : null,
      contractProducts: contractProducts.length === 0 ? texts.productsNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(setPartnerContract, form, () => {
    toast(texts.typesSaved)
    onDone()
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { partnerId: partner.id }, body })}
      submit={texts.save}
    >
      <p className="muted">{texts.typesLead}</p>
      <TypeChoice label={texts.types} {...form.getInputProps('partnerTypes')} />
      <ContractProductChoice label={texts.products} {...form.getInputProps('contractProducts')} />
    </Form>
  )
}
