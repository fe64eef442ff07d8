import { Button, NumberInput, Radio, TagsInput, TextInput } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { openPartner } from '../../../contract/partners.ts'
import { PARTNER, TRIAL, TRIAL_SECONDS } from '../../../rules/limits.ts'
import { type PartnerType, type ProductId, productIds } from '../../../rules/products.ts'
import { Form } from '../../parts/Form.tsx'
import { NoPermission } from '../../parts/NoPermission.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useMay } from '../../parts/use-may.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { ContractProductChoice } from './ContractProductChoice.tsx'
import { texts } from './texts.ts'
import { isTrialDays } from './trial-days.ts'
import { TypeChoice } from './TypeChoice.tsx'

export const loader: Loader = () => []

export function Page() {
  const may = useMay('staff.partner.open')
  return (
    <>
      <PageHead title={texts.openPartner} crumbs={[{ label: texts.partners, href: paths.partners() }]} />
      {may ? (
        <Panel title={texts.information}>
          <PartnerForm />
        </Panel>
      ) : (
        <NoPermission permission="staff.partner.open" />
      )}
    </>
  )
}

type Values = {
  name: string
  partnerTypes: PartnerType[]
  contractProducts: ProductId[]
  standing: 'contract' | 'trial'
  trialDays: number | string
  ndaAddresses: string[]
}
const TRIAL_DAYS = TRIAL_SECONDS / 86_400

function PartnerForm() {
  const [, navigate] = useLocation()
  const form = useForm<Values>({
    initialValues: {
      name: '',
      partnerTypes: ['acquirer'],
      contractProducts: [...productIds],
      standing: 'contract',
      trialDays: TRIAL_DAYS,
      ndaAddresses: [],
    },
    validate: ({ name, partnerTypes, contractProducts, standing, trialDays, ndaAddresses }) => ({
      trialDays: standing === 'trial' && !isTrialDays(trialDays) ? texts.extendDaysFault : null,
      name: nameFault(name),
      partnerTypes: partnerTypes.length === 0 ? texts.typesNeeded : null,
      contractProducts: contractProducts.length === 0 ? texts.productsNeeded : null,
      ndaAddresses: addressesFault(ndaAddresses),
    }),
  })
  const { submit, ...state } = useFormSend(openPartner, form, ({ id }) => {
    toast(texts.partnerOpened)
    navigate(paths.partner(id))
  })
  return (
    <div className="measure">
      <Form
        form={form}
        {...state}
        onSubmit={({ trialDays, ...body }) =>
          submit({ body: body.standing === 'trial' ? { ...body, trialDays: Number(trialDays) } : body })
        }
        submit={texts.openPartner}
        beside={
          <Button component={Link} href={paths.partners()} variant="default">
            {shared.cancel}
          </Button>
        }
      >
        <TextInput label={texts.partnerName} autoFocus {...form.getInputProps('name')} />
        <TypeChoice label={texts.types} {...form.getInputProps('partnerTypes')} />
        <ContractProductChoice label={texts.products} {...form.getInputProps('contractProducts')} />
        <Radio.Group label={texts.standing} {...form.getInputProps('standing')}>
          <div className="stack-tight">
            {(['contract', 'trial'] as const).map((standing) => (
              <Radio
                key={standing}
                value={standing}
                label={texts.standings[standing]}
                description={texts.standingRules[standing]}
              />
            ))}
          </div>
        </Radio.Group>
        {form.values.standing === 'trial' && (
          <NumberInput
            label={texts.trialDays}
            description={texts.trialDaysRule}
            min={1}
            max={TRIAL.extendDaysMax}
            allowDecimal={false}
            value={form.values.trialDays}
            error={form.errors.trialDays}
            onChange={(days) => form.setFieldValue('trialDays', days)}
          />
        )}
        <TagsInput
          label={texts.ndaAddresses}
          description={texts.ndaRule}
          maxTags={PARTNER.ndaAddressesMax}
          splitChars={[',', ';', ' ']}
          {...form.getInputProps('ndaAddresses')}
        />
      </Form>
    </div>
  )
}

function addressesFault(addresses: string[]): string | null {
  if (addresses.length === 0) return texts.ndaNeeded
  const wrong = addresses.find((address) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
  return wrong === undefined ? null : texts.ndaFault(wrong)
}

function nameFault(name: string): string | null {
  const length = [...name.trim()].length
  return length < PARTNER.nameMin || length > PARTNER.nameMax ? texts.nameFault : null
}
