import { Button } from '@mantine/core'
import { useState } from 'react'
import { addProducts, type ApplicationView, removeProduct } from '../../../contract/applications.ts'
import { PRODUCTS, type ProductId, productIds } from '../../../rules/products.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { StatusWord } from '../../parts/StatusWord.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProductChoice } from './ProductChoice.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { productWords } from '../../words.ts'
import { texts } from './texts.ts'

/** The products of an application with their status; add and remove. */
export function ProductsPanel({ application }: { application: ApplicationView }) {
  const [isAdding, setAdding] = useState(false)
  const remove = useSend(removeProduct, () => toast(texts.removed))
  const missing = productIds.filter((id) => !application.products.some((product) => product.id === id))
  const [toRemove, setToRemove] = useState<ProductId>()
  return (
    <Panel
      title={texts.products}
      flush
      actions={
        missing.length > 0 && (
          <MayButton needs="product.add" variant="default" size="xs" onClick={() => setAdding(true)}>
            {texts.addProduct}
          </MayButton>
        )
      }
    >
      {remove.error && <ProblemNotice problem={remove.error.problem} />}
      <DataTable
        caption={texts.products}
        rows={application.products}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.product, cell: ({ id }) => productWords(id).title, wide: true },
          { title: texts.where, cell: ({ id }) => productWords(id).where },
          { title: texts.status, cell: ({ status }) => <StatusWord status={status} /> },
          {
            title: texts.actions,
            numeric: true,
            cell: ({ id }) => (
              <>
                <Button
                  component="a"
                  href={PRODUCTS[id].docs}
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`${shared.viewDocs} ${shared.docsOf(productWords(id).title)}`}
                >
                  {shared.viewDocs}
                </Button>
                <MayButton
                  needs="product.remove"
                  variant="subtle"
                  color="red"
                  size="compact-sm"
                  aria-label={texts.removeProduct(productWords(id).title)}
                  onClick={() => setToRemove(id)}
                >
                  {texts.remove}
                </MayButton>
              </>
            ),
          },
        ]}
      />
      {toRemove && (
        <ConfirmDialog
          title={texts.removeTitle(productWords(toRemove).title)}
          text={texts.removeText}
          confirm={texts.remove}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={() => remove.mutate({ params: { applicationId: application.id, productId: toRemove } })}
          onClose={() => setToRemove(undefined)}
        />
      )}
      {isAdding && <AddDialog applicationId={application.id} offered={missing} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

type AddProps = { applicationId: string; offered: readonly ProductId[]; onClose: () => void }

function AddDialog({ applicationId, offered, onClose }: AddProps) {
  const [chosen, setChosen] = useState<ProductId[]>([])
  const add = useSend(addProducts, () => {
    toast(texts.added)
    onClose()
  })
  return (
    <Dialog title={texts.addProduct} closeLabel={shared.close} onClose={onClose} size="lg">
      <div className="stack">
        {add.error && <ProblemNotice problem={add.error.problem} />}
        <ProductChoice legend={texts.stepTwo} offered={offered} chosen={chosen} onChange={setChosen} />
        <div className="row">
          <Button
            disabled={chosen.length === 0}
            loading={add.isPending}
            onClick={() => add.mutate({ params: { applicationId }, body: { products: chosen } })}
          >
            {texts.add}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
