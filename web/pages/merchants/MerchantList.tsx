import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useLocation, useSearch } from 'wouter'
import { sendMerchantInvitation, sendMerchantInvitations } from '../../../contract/merchants.ts'
import { invitationStates, merchantStatuses } from '../../../rules/merchant.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { docs, type MerchantsView, paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { productWords } from '../../words.ts'
import { numberOf } from '../../language.ts'
import { filtersOf, type Merchants, tabOf } from './merchant.ts'
import { MerchantTable } from './MerchantTable.tsx'
import classes from './merchants.module.css'
import { texts } from './texts.ts'

type Props = { applicationId: string; view: MerchantsView; merchants: Merchants }

/** Accounts of those who were invited, or everybody on the list: the same table with the filters of its tab. */
export function MerchantList({ applicationId, view, merchants }: Props) {
  const { items, counts, nextCursor } = merchants
  const tab = tabOf(view)
  const sendOne = useSend(sendMerchantInvitation, () => toast(texts.sent))
  const sendAll = useSend(sendMerchantInvitations, ({ invited, left }) => toast(texts.sentAll(numberOf(invited), left)))
  const failed = sendOne.error ?? sendAll.error
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const to = (change: MerchantsView) => paths.merchants(applicationId, { ...view, ...change })
  return (
    <div className="stack">
      {failed && <ProblemNotice problem={failed.problem} />}
      <Filters applicationId={applicationId} view={view} merchants={merchants} />
      <Panel
        title={texts.tabs[tab]}
        lead={texts.counted(
          merchantStatuses.flatMap((name) =>
            counts[name] > 0 ? [`${texts.statuses[name]} ${numberOf(counts[name])}`] : [],
          ),
        )}
        flush
        actions={
          tab === 'list' &&
          counts.listed > 0 && (
            <Button size="xs" loading={sendAll.isPending} onClick={() => sendAll.mutate({ params: { applicationId } })}>
              {texts.sendAll(numberOf(counts.listed))}
            </Button>
          )
        }
      >
        {items.length === 0 ? (
          <Empty applicationId={applicationId} view={view} isFirst={total === 0} />
        ) : (
          <MerchantTable
            items={items}
            tab={tab}
            linkTo={({ id }) => to({ merchant: id })}
            sending={sendOne.isPending ? sendOne.variables.params.merchantId : undefined}
            onSend={({ id }) => sendOne.mutate({ params: { applicationId, merchantId: id } })}
          />
        )}
      </Panel>
      {(nextCursor !== null || view.cursor) && (
        <div className="row">
          {view.cursor && (
            <Button component={Link} href={to({ cursor: '' })} variant="default" size="xs">
              {texts.first}
            </Button>
          )}
          {nextCursor !== null && (
            <Button component={Link} href={to({ cursor: nextCursor })} variant="default" size="xs">
              {texts.next}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function Filters({ applicationId, view, merchants }: Props) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const show = (change: MerchantsView) =>
    navigate(paths.merchants(applicationId, { ...view, search: typed, cursor: '', ...change }), { replace: true })
  return (
    <search className={classes.filters}>
      <TextInput
        label={texts.search}
        placeholder={texts.searchHint}
        type="search"
        maxLength={100}
        className={classes.text}
        value={typed}
        onChange={(event) => show({ search: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.status}
        data={[
          { value: '', label: texts.any },
          ...merchantStatuses
            .filter((name) => tabOf(view) === 'list' || name !== 'listed')
            .map((name) => ({ value: name, label: texts.statuses[name] })),
        ]}
        value={view.status ?? ''}
        onChange={(event) => show({ status: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.invitation}
        data={[
          { value: '', label: texts.any },
          ...invitationStates.map((name) => ({ value: name, label: texts.invitations[name] })),
        ]}
        value={view.invitation ?? ''}
        onChange={(event) => show({ invitation: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.product}
        data={[
          { value: '', label: texts.any },
          ...merchants.products.map((id) => ({ value: id, label: productWords(id).title })),
        ]}
        value={view.product ?? ''}
        onChange={(event) => show({ product: event.currentTarget.value })}
      />
    </search>
  )
}

function Empty({ applicationId, view, isFirst }: { applicationId: string; view: MerchantsView; isFirst: boolean }) {
  const { status, ...others } = filtersOf(view)
  const isFiltered = Object.keys(others).length > 0 || (status !== undefined && status !== 'invited')
  if (isFiltered) {
    return (
      <EmptyState
        kind="nothing-matches"
        title={texts.noMatch}
        action={
          <Button
            component={Link}
            href={paths.merchants(applicationId, { tab: tabOf(view) })}
            variant="default"
            size="xs"
          >
            {texts.clearFilters}
          </Button>
        }
      >
        {texts.noMatchWhy}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      kind="nothing-yet"
      title={isFirst ? texts.none : texts.noneInvited}
      action={
        <>
          <Button
            component={Link}
            href={paths.merchants(applicationId, isFirst ? { ...view, add: 'one' } : { tab: 'list' })}
            size="xs"
          >
            {isFirst ? texts.invite : texts.toList}
          </Button>
          <a href={docs.merchants}>{texts.guide}</a>
        </>
      }
    >
      {isFirst ? texts.noneWhy : texts.noneInvitedWhy}
    </EmptyState>
  )
}
