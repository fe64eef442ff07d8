import { Tabs } from '@mantine/core'
import { useLocation } from 'wouter'
import { getInvitationPreference, listMerchants, listTestData } from '../../../contract/merchants.ts'
import { query, useLive } from '../../api.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Actions } from './Actions.tsx'
import { filtersOf, TABS, tabOf, viewOf } from './merchant.ts'
import { MerchantDialog } from './MerchantDialog.tsx'
import { MerchantList } from './MerchantList.tsx'
import { PreferencePanel } from './PreferencePanel.tsx'
import { TestData, testDataInput } from './TestData.tsx'
import { texts } from './texts.ts'

/** The way of a mail takes seconds: often enough to see it go. */
const POLL_MS = 4000

const inputOf = ({ params: { applicationId }, search }: At) => {
  const view = viewOf(search)
  // Test Data has a cursor of its own; the list beside it is only asked for its counts.
  const filters = tabOf(view) === 'data' ? {} : { ...filtersOf(view), ...(view.cursor && { cursor: view.cursor }) }
  return { params: { applicationId }, query: filters }
}

export const loader: Loader = (at) => [
  query(listMerchants, inputOf(at)),
  query(getInvitationPreference, { params: { applicationId: at.params.applicationId } }),
  ...(tabOf(viewOf(at.search)) === 'data'
    ? [query(listTestData, testDataInput(at.params.applicationId, viewOf(at.search)))]
    : []),
]

/** The merchants of an application: their accounts, the list, and to whom invitations go. */
export function Page(at: At) {
  const { applicationId } = at.params
  const view = viewOf(at.search)
  const tab = tabOf(view)
  const [, navigate] = useLocation()
  const { data } = useLive(POLL_MS, listMerchants, inputOf(at))
  const opened = tab === 'data' ? undefined : data.items.find(({ id }) => id === view.merchant)
  const close = () => navigate(paths.merchants(applicationId, { ...view, merchant: '' }), { replace: true })
  return (
    <>
      <PageHead
        title={texts.title}
        crumbs={[{ label: data.applicationName, href: paths.merchants() }]}
        actions={<Actions applicationId={applicationId} view={view} merchants={data} />}
      >
        {texts.lead}
      </PageHead>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) => navigate(paths.merchants(applicationId, { tab: chosen ?? '' }))}
      >
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {texts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {name === 'preference' && <PreferencePanel applicationId={applicationId} />}
            {name === 'data' && <TestData applicationId={applicationId} view={view} merchants={data} />}
            {(name === 'accounts' || name === 'list') && (
              <MerchantList applicationId={applicationId} view={view} merchants={data} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
      {opened && (
        <MerchantDialog applicationId={applicationId} merchant={opened} offered={data.products} onClose={close} />
      )}
    </>
  )
}
