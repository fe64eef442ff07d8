import { Checkbox } from '@mantine/core'
import { PRODUCTS, type ProductId } from '../../../rules/products.ts'
import { texts as shared } from '../../parts/texts.ts'
import { productWords } from '../../words.ts'
import classes from './product-choice.module.css'

type Props = {
  offered: readonly ProductId[]
  chosen: readonly ProductId[]
  onChange: (chosen: ProductId[]) => void
  legend: string
  error?: string | undefined
}

/** One line per product: tick it, or read its docs first. */
export function ProductChoice({ offered, chosen, onChange, legend, error }: Props) {
  const toggle = (id: ProductId) =>
    onChange(offered.filter((other) => (other === id ? !chosen.includes(id) : chosen.includes(other))))
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>{legend}</legend>
      {offered.map((id) => (
        <div key={id} className={classes.product} data-chosen={chosen.includes(id)}>
          <Checkbox
            className={classes.box}
            label={productWords(id).title}
            description={`${productWords(id).essence} (${productWords(id).where})`}
            checked={chosen.includes(id)}
            onChange={() => toggle(id)}
          />
          <a href={PRODUCTS[id].docs} target="_blank" rel="noreferrer" className="small">
            {shared.viewDocs}
            <span className={classes.hidden}> {shared.docsOf(productWords(id).title)}</span>
          </a>
        </div>
      ))}
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  )
}
