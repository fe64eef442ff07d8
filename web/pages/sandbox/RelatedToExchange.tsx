import { Link } from 'wouter'
import type { Output } from '../../../contract/endpoint.ts'
import type { getExchange } from '../../../contract/log.ts'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { numberOf } from '../../language.ts'
import { productWords } from '../../words.ts'
import { NotificationStateWord } from './NotificationStateWord.tsx'
import { texts } from './texts.ts'

type Related = Output<typeof getExchange>['related']
type Payment = NonNullable<Related['payment']>

const TONES = {
  PAYING: 'wait',
  SUCCESS: 'good',
  FAILED: 'bad',
  CLOSED: 'plain',
  CANCELLED: 'plain',
  PARTIALLY_REFUNDED: 'info',
  REFUNDED: 'info',
} as const

/** The payment that the call is about, and everything else that happened to it. */
export function RelatedToExchange({ applicationId, related }: { applicationId: string; related: Related }) {
  const { payment, exchanges, notifications } = related
  if (payment === null && exchanges.length === 0) {
    return (
      <EmptyState kind="nothing-yet" title={texts.noRelated}>
        {texts.noRelatedWhy}
      </EmptyState>
    )
  }
  return (
    <div className="stack">
      {payment && <PaymentFacts payment={payment} />}
      {exchanges.length > 0 && (
        <Panel title={texts.relatedCalls} flush>
          <DataTable
            caption={texts.relatedCalls}
            rows={exchanges}
            rowKey={({ id }) => id}
            columns={[
              {
                title: texts.time,
                cell: ({ id, at }) => (
                  <Link href={paths.requests(applicationId, { exchange: id, tab: 'summary' })}>
                    <Moment at={at} within />
                  </Link>
                ),
              },
              { title: texts.api, cell: ({ api, uri }) => <code>{api ?? uri}</code> },
              { title: texts.result, cell: ({ resultStatus }) => <ResultWord status={resultStatus} /> },
              { title: texts.resultCode, cell: ({ resultCode }) => <code>{resultCode}</code> },
            ]}
          />
        </Panel>
      )}
      {notifications.length > 0 && (
        <Panel title={texts.relatedNotifications} flush>
          <DataTable
            caption={texts.relatedNotifications}
            rows={notifications}
            rowKey={({ id }) => id}
            columns={[
              {
                title: texts.created,
                cell: ({ id, createdAt }) => (
                  <Link href={paths.notifications(applicationId, { search: id, notification: id })}>
                    <Moment at={createdAt} within />
                  </Link>
                ),
              },
              { title: texts.notification, cell: ({ api }) => <code>{api}</code> },
              { title: texts.state, cell: ({ state }) => <NotificationStateWord state={state} /> },
              { title: texts.attempts, cell: ({ attempts }) => numberOf(attempts), numeric: true },
            ]}
          />
        </Panel>
      )}
    </div>
  )
}

function PaymentFacts({ payment }: { payment: Payment }) {
  const amount = ({ currency, value }: Payment['amount']) => `${currency} ${value} (${texts.minorUnits})`
  const moment = (name: string, at: string | null) => (at === null ? [] : [{ name, value: <Moment at={at} /> }])
  return (
    <Panel title={texts.payment}>
      <KeyValues
        items={[
          {
            name: texts.paymentState,
            value: <StateWord tone={TONES[payment.state]}>{texts.paymentStates[payment.state]}</StateWord>,
          },
          { name: texts.resultCode, value: <code>{payment.resultCode}</code> },
          { name: texts.amount, value: amount(payment.amount) },
          ...(payment.refunded.value === '0' ? [] : [{ name: texts.refunded, value: amount(payment.refunded) }]),
          ...(payment.settlement === null
            ? []
            : [
                {
                  name: texts.settlement,
                  value: `${amount(payment.settlement)}, ${texts.atPrice(payment.settlement.quotePrice)}`,
                },
              ]),
          { name: texts.merchant, value: payment.merchantName },
          { name: texts.product, value: productWords(payment.product).title },
          { name: texts.paymentRequestId, value: payment.paymentRequestId, copy: payment.paymentRequestId },
          { name: texts.paymentId, value: payment.paymentId, copy: payment.paymentId },
          ...moment(texts.created, payment.createdAt),
          ...moment(texts.expires, payment.expiresAt),
          ...moment(texts.decided, payment.decidedAt),
          ...moment(texts.cancelled, payment.cancelledAt),
        ]}
      />
    </Panel>
  )
}
