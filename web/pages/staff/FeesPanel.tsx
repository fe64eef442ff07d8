import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { type FeesView, removeContractFees, setContractFees } from '../../../contract/partners.ts'
import { takesTooMuch, WHOLE_BASIS_POINTS } from '../../../rules/fees.ts'
import type { ProductId } from '../../../rules/products.ts'
import { useSend } from '../../api.ts'
import { FeeTable } from '../../parts/fees/FeeTable.tsx'
import { Form } from '../../parts/Form.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { productWords } from '../../words.ts'
import { isBasisPoints } from './basis-points.ts'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'

/** What the network takes off the settlements of this partner, product by product. */
export function FeesPanel({ partner }: { partner: Partner }) {
  const [changed, setChanged] = useState<ProductId>()
  const fees = partner.fees.find(({ product }) => product === changed)
  const close = () => setChanged(undefined)
  return (
    <Panel title={texts.fees} lead={texts.feesLead} flush>
      <FeeTable
        caption={texts.fees}
        fees={partner.fees}
        action={({ product }) => (
          <MayButton
            needs="staff.partner.change"
            variant="default"
            size="compact-sm"
            aria-label={texts.changeFeesOf(productWords(product).title)}
            onClick={() => setChanged(product)}
          >
            {texts.changeFees}
          </MayButton>
        )}
      />
      {fees && (
        <Dialog title={texts.feesOf(productWords(fees.product).title)} closeLabel={shared.close} onClose={close}>
          <FeesForm partnerId={partner.id} fees={fees} onDone={close} />
        </Dialog>
      )}
    </Panel>
  )
}

type FormProps = { partnerId: string; fees: FeesView; onDone: () => void }
type Values = { interchangeBasisPoints: number | string; serviceBasisPoints: number | string }

function FeesForm({ partnerId, fees, onDone }: FormProps) {
  const { product, interchangeBasisPoints, serviceBasisPoints } = fees
  const params = { partnerId, productId: product }
  const form = useForm<Values>({ initialValues: { interchangeBasisPoints, serviceBasisPoints }, validate: faultsOf })
  const { submit, problem, isSending } = useFormSend(setContractFees, form, () => {
    toast(texts.feesSaved)
    onDone()
  })
  const remove = useSend(removeContractFees, () => {
    toast(texts.feesRemoved)
    onDone()
  })
  return (
    <Form
      form={form}
      problem={problem ?? remove.error?.problem ?? null}
      isSending={isSending}
      onSubmit={(values) => submit({ params, body: ratesIn(values) })}
      submit={texts.save}
      beside={
        fees.agreed && (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate({ params })}>
            {texts.backToDefault}
          </Button>
        )
      }
    >
      <p className="muted">{texts.feesFromNow}</p>
      <Points label={texts.interchange} description={texts.interchangeRule} {...inputOf('interchangeBasisPoints')} />
      <Points label={texts.serviceFee} description={texts.serviceFeeRule} {...inputOf('serviceBasisPoints')} />
    </Form>
  )

  function inputOf(name: keyof Values) {
    const { value, error } = form.getInputProps(name)
    return { value, error, onChange: (points: number | string) => form.setFieldValue(name, points) }
  }
}

type PointsProps = {
  label: string
  description: string
  value: number | string
  error: string | undefined
  onChange: (points: number | string) => void
}

function Points({ error, ...input }: PointsProps) {
  return <NumberInput min={0} max={WHOLE_BASIS_POINTS} allowDecimal={false} {...input} {...(error && { error })} />
}

const ratesIn = (values: Values) => ({
  interchangeBasisPoints: Number(values.interchangeBasisPoints),
  serviceBasisPoints: Number(values.serviceBasisPoints),
})

/** Each for itself, and both together. */
function faultsOf(values: Values): { [K in keyof Values]: string | null } {
  const fault = (points: number | string) => (isBasisPoints(points) ? null : texts.basisPointsFault)
  const [interchange, service] = [fault(values.interchangeBasisPoints), fault(values.serviceBasisPoints)]
  const together = interchange === null && service === null && takesTooMuch(ratesIn(values))
  return {
    interchangeBasisPoints: interchange,
    serviceBasisPoints: together ? texts.feesTooHigh : service,
  }
}
