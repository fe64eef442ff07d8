import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { exportMerchants } from '../../../contract/merchants.ts'
import { fileAddress } from '../../api.ts'
import { type MerchantsView, paths } from '../../paths.ts'
import { ImportDialog } from './ImportDialog.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { filtersOf, type Merchants } from './merchant.ts'
import { texts } from './texts.ts'

type Props = { applicationId: string; view: MerchantsView; merchants: Merchants }

/** What can be done with the list as a whole. What is being added stands in the address. */
export function Actions({ applicationId, view, merchants }: Props) {
  const [, navigate] = useLocation()
  const to = (change: MerchantsView) => paths.merchants(applicationId, { ...view, ...change })
  const close = () => navigate(to({ add: '' }), { replace: true })
  return (
    <>
      <Button
        component="a"
        variant="default"
        href={fileAddress(exportMerchants, { params: { applicationId }, query: filtersOf(view) })}
      >
        {texts.export}
      </Button>
      <Button component={Link} variant="default" href={to({ add: 'file' })}>
        {texts.import}
      </Button>
      <Button component={Link} href={to({ add: 'one' })}>
        {texts.invite}
      </Button>
      {view.add === 'one' && (
        <InviteDialog applicationId={applicationId} offered={merchants.products} onClose={close} />
      )}
      {view.add === 'file' && (
        <ImportDialog
          applicationId={applicationId}
          onClose={close}
          onStored={() => navigate(paths.merchants(applicationId, { tab: 'list' }), { replace: true })}
        />
      )}
    </>
  )
}
