import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { createApplication } from '../../../contract/applications.ts'
import { type PartnerType, type ProductId, productIds } from '../../../rules/products.ts'
import { useMe } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { NoPermission } from '../../parts/NoPermission.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useMay } from '../../parts/use-may.ts'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { descriptionFault, nameFault } from './faults.ts'
import { partnerTypeTitle } from '../../words.ts'
import { keepDraft, keptDraft } from './draft.ts'
import { ProductChoice } from './ProductChoice.tsx'
import { texts } from './texts.ts'

export const loader: Loader = () => []

type Values = { name: string; partnerType: PartnerType | ''; description: string; products: ProductId[] }

type Rules = (values: Values) => { [field in keyof Values]?: string | null }
const INFORMATION: Rules = ({ name, partnerType, description }) => ({
  name: nameFault(name),
  partnerType: partnerType === '' ? texts.partnerTypeNeeded : null,
  description: descriptionFault(description),
})
const CHOICE: Rules = ({ products }) => ({ products: products.length === 0 ? texts.productsNeeded : null })
const isComplete = (values: Values) => Object.values(INFORMATION(values)).every((fault) => fault === null)

const EMPTY: Values = { name: '', partnerType: '', description: '', products: [] }

/** A draft of this page, as far as it fits what is offered now. */
function valuesOf(draft: unknown, offered: readonly PartnerType[]): Partial<Values> {
  if (typeof draft !== 'object' || draft === null) return {}
  const { name, partnerType, description, products } = draft as Record<string, unknown> // looked at one by one
  return {
    ...(typeof name === 'string' && { name }),
    ...(offered.some((type) => type === partnerType) && { partnerType: partnerType as PartnerType }), // just found there
    ...(typeof description === 'string' && { description }),
    ...(Array.isArray(products) && { products: productIds.filter((id) => products.includes(id)) }),
  }
}

export function Page({ search }: At) {
  const may = useMay('application.create')
  const crumbs = [
    { label: shared.home, href: paths.home() },
    { label: texts.applications, href: paths.applications() },
  ]
  return (
    <>
      <PageHead title={texts.createApplication} crumbs={crumbs} />
      {may ? <Steps askedForTwo={search.get('step') === '2'} /> : <NoPermission permission="application.create" />}
    </>
  )
}

function Steps({ askedForTwo }: { askedForTwo: boolean }) {
  const partnerTypes = useMe().partner?.partnerTypes ?? []
  const only = partnerTypes.length === 1 ? partnerTypes[0] : undefined
  const [, navigate] = useLocation()
  const { person } = useMe()
  const form = useForm<Values>({
    initialValues: { ...EMPTY, partnerType: only ?? '', ...valuesOf(keptDraft(person.id), partnerTypes) },
    validate: (values) => (askedForTwo && isComplete(values) ? CHOICE : INFORMATION)(values),
  })
  useEffect(() => keepDraft(person.id, form.values), [person.id, form.values])
  // Whoever arrives at step 2 with nothing typed, or with a name that the server refused, belongs to step 1.
  const isSecond =
    askedForTwo && isComplete(form.values) && !Object.keys(form.errors).some((field) => field !== 'products')
  const { submit, ...state } = useFormSend(createApplication, form, ({ id }) => {
    keepDraft(person.id, null)
    toast(texts.created)
    navigate(paths.application(id))
  })
  const create = ({ partnerType, ...values }: Values) => {
    if (partnerType !== '') submit({ body: { ...values, partnerType } })
  }
  return (
    <Panel title={`${texts.step(isSecond ? 2 : 1)}: ${isSecond ? texts.stepTwo : texts.stepOne}`}>
      <div className="measure">
        <Form
          form={form}
          {...state}
          onSubmit={isSecond ? create : () => navigate(paths.newApplication('2'))}
          submit={isSecond ? texts.create : texts.next}
          beside={
            <Button component={Link} href={isSecond ? paths.newApplication() : paths.home()} variant="default">
              {isSecond ? texts.back : shared.cancel}
            </Button>
          }
        >
          {isSecond ? (
            <>
              <p className="muted">{texts.stepTwoLead}</p>
              <ProductChoice
                legend={texts.stepTwo}
                offered={productIds}
                chosen={form.values.products}
                onChange={(products) => form.setFieldValue('products', products)}
                error={form.errors.products}
              />
            </>
          ) : (
            <>
              <TextInput label={texts.name} description={texts.nameRule} autoFocus {...form.getInputProps('name')} />
              <NativeSelect
                label={texts.partnerType}
                description={texts.partnerTypeRule}
                data={[
                  ...(only ? [] : [{ value: '', label: texts.partnerTypeNeeded }]),
                  ...partnerTypes.map((type) => ({ value: type, label: partnerTypeTitle(type) })),
                ]}
                {...form.getInputProps('partnerType')}
              />
              <Textarea
                label={texts.description}
                description={texts.descriptionRule}
                rows={4}
                {...form.getInputProps('description')}
              />
            </>
          )}
        </Form>
      </div>
    </Panel>
  )
}
