import { Checkbox, type CheckboxGroupProps } from '@mantine/core'
import { partnerTypes } from '../../../rules/products.ts'
import { partnerTypeTitle } from '../../words.ts'

type Props = Omit<CheckboxGroupProps, 'children'> & { label: string }

/** What a partner is under contract or on trial for. */
export function TypeChoice(props: Props) {
  return (
    <Checkbox.Group {...props}>
      <div className="stack-tight">
        {partnerTypes.map((type) => (
          <Checkbox key={type} value={type} label={partnerTypeTitle(type)} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
