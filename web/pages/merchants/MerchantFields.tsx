import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { MERCHANT } from '../../../rules/limits.ts'
import type { ProductId } from '../../../rules/products.ts'
import { ProductChoice } from '../applications/ProductChoice.tsx'
import { texts } from './texts.ts'

type Field<V> = { value: V; error: string | undefined; onChange: (input: unknown) => void }
type Props = {
  offered: readonly ProductId[]
  name: Field<string>
  email: Field<string>
  products: Field<ProductId[]>
  children?: ReactNode
}

/** What a new merchant and a changed one have in common. */
export function MerchantFields({ offered, name, email, products, children }: Props) {
  return (
    <>
      <TextInput label={texts.name} maxLength={MERCHANT.nameMax} autoComplete="off" data-autofocus {...name} />
      {children}
      <TextInput label={texts.email} type="email" autoComplete="off" {...email} />
      <ProductChoice
        legend={texts.products}
        offered={offered}
        chosen={products.value}
        onChange={products.onChange}
        error={products.error}
      />
    </>
  )
}

export function MidField(field: Field<string>) {
  return (
    <TextInput
      label={texts.mid}
      description={texts.midRule}
      maxLength={MERCHANT.midMax}
      autoComplete="off"
      {...field}
    />
  )
}

export function validateMerchant({ name, email, products }: { name: string; email: string; products: ProductId[] }) {
  return {
    name: name.trim() === '' ? texts.nameNeeded : null,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : texts.emailNeeded,
    products: products.length === 0 ? texts.productNeeded : null,
  }
}
