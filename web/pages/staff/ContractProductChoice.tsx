import { Checkbox, type CheckboxGroupProps } from '@mantine/core'
import { productIds } from '../../../rules/products.ts'
import { productWords } from '../../words.ts'

type Props = Omit<CheckboxGroupProps, 'children'> & { label: string }

/** The products that a partner may launch. */
export function ContractProductChoice(props: Props) {
  return (
    <Checkbox.Group {...props}>
      <div className="stack-tight">
        {productIds.map((id) => (
          <Checkbox key={id} value={id} label={productWords(id).title} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
