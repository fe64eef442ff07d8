import { me } from '../../../contract/accounts.ts'
import { type ApplicationView, getApplication, getSandbox } from '../../../contract/applications.ts'
import { getTestMerchant, listTransactions } from '../../../contract/test-merchant.ts'
import { families, type Family } from '../../../rules/interfaces.ts'
import { ORDER_OF, payKinds, transactionWords } from '../../../rules/test-merchant.ts'
import { type ApiError, query, useLive, useLoaded } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { docs } from '../../paths.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Phone } from '../wallet/Phone.tsx'
import type { Chosen } from './merchant.ts'
import { NewOrder } from './NewOrder.tsx'
import { StoreOrder } from './StoreOrder.tsx'
import { texts } from './texts.ts'
import { Transactions } from './Transactions.tsx'
import { WayChoice } from './WayChoice.tsx'

/** Often enough that a payment shows as paid while the merchant still looks at it. */
const POLL_MS = 2000

const transactionsOf = ({ params: { applicationId }, search }: At) => {
  const word = transactionWords.find((one) => one === search.get('word'))
  return { params: { applicationId }, query: word ? { word } : {} }
}

export const loader: Loader = (at) => {
  const { applicationId } = at.params
  return [
    query(me),
    query(getApplication, { params: { applicationId } }),
    query(getSandbox, { params: { applicationId } }),
    query(getTestMerchant, { params: { applicationId } }),
    query(listTransactions, transactionsOf(at)),
  ]
}

export function Page(at: At) {
  const { applicationId } = at.params
  const application = useLoaded(getApplication, { params: { applicationId } })
  const { url } = useLoaded(getTestMerchant, { params: { applicationId } })
  const { data } = useLive(POLL_MS, listTransactions, transactionsOf(at))
  const chosen = chosenIn(at, application, data.items[0]?.family ?? 'aps', url)
  const isStore = at.search.has('store') && chosen.kinds.includes('entry_code')
  return (
    <Phone title={texts.title} detail={application.name} icon="shop">
      {application.partnerType === 'wallet' ? (
        <p>{texts.forAcquirers}</p>
      ) : isStore ? (
        <StoreOrder {...chosen} kind="entry_code" />
      ) : (
        <>
          <WayChoice {...chosen} url={url} at={at} />
          <NewOrder key={`${chosen.kind} ${chosen.way} ${url}`} {...chosen} at={at} url={url} />
          <Transactions {...chosen} at={at} items={data.items} />
        </>
      )}
      <a href={docs.testMerchant}>{texts.guide}</a>
    </Phone>
  )
}

/** A partner who has set his server wants to see it work. */
function chosenIn({ params, search }: At, application: ApplicationView, spoken: Family, url: string | null): Chosen {
  const kinds = payKinds.filter((kind) => application.products.some(({ id }) => id === ORDER_OF[kind].product))
  const way = search.get('way') ?? (url === null ? 'key' : 'server')
  return {
    applicationId: params.applicationId,
    way: way === 'server' ? 'server' : 'key',
    family: families.find((one) => one === search.get('family')) ?? spoken,
    kind: kinds.find((kind) => kind === search.get('order')) ?? kinds[0] ?? 'cashier',
    kinds,
  }
}

export function Failed({ error }: { error: ApiError }) {
  return (
    <Phone title={texts.title} icon="shop">
      <ProblemNotice problem={error.problem} />
    </Phone>
  )
}
