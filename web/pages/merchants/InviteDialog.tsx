import { inviteMerchant } from '../../../contract/merchants.ts'
import type { ProductId } from '../../../rules/products.ts'
import { Form } from '../../parts/Form.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { MerchantFields, MidField, validateMerchant } from './MerchantFields.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; offered: readonly ProductId[]; onClose: () => void }

/** One merchant: added, and invited at once. */
export function InviteDialog({ applicationId, offered, onClose }: Props) {
  const form = useForm<{ name: string; mid: string; email: string; products: ProductId[] }>({
    initialValues: { name: '', mid: '', email: '', products: [...offered] },
    validate: (values) => ({ ...validateMerchant(values), mid: values.mid.trim() === '' ? texts.midNeeded : null }),
  })
  const { submit, ...state } = useFormSend(inviteMerchant, form, () => {
    toast(texts.sent)
    onClose()
  })
  return (
    <Dialog title={texts.invite} closeLabel={shared.close} size="lg" onClose={onClose}>
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params: { applicationId }, body })}
        submit={texts.sendNow}
      >
        <MerchantFields
          offered={offered}
          name={form.getInputProps('name')}
          email={form.getInputProps('email')}
          products={form.getInputProps('products')}
        >
          <MidField {...form.getInputProps('mid')} />
        </MerchantFields>
      </Form>
    </Dialog>
  )
}
