import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import { disputeOrder, type getOrder } from '../../../contract/wallet.ts'
import { type DisputeKind, disputeKinds } from '../../../rules/dispute.ts'
import { moneyText } from '../../../rules/money.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { disputeTexts as texts } from './dispute-texts.ts'
import classes from './wallet-code.module.css'

type Order = Output<typeof getOrder>
type Props = { params: { paymentId: string; secret: string }; order: Order }

/** The payer asks about a payment, or wants the money back; and what the acquirer has answered. */
export function Disputes({ params, order }: Props) {
  const [reason, setReason] = useState('')
  const send = useSend(disputeOrder, () => setReason(''))
  if (!order.takesDisputes && order.disputes.length === 0) return null
  const open = (kind: DisputeKind) => send.mutate({ params, body: { kind, reason } })
  const [fault] = send.error?.problem.fields ?? []
  return (
    <section className={classes.section} aria-label={texts.title}>
      {order.disputes.length > 0 && (
        <>
          <h2>{texts.title}</h2>
          <ul className={classes.list}>
            {order.disputes.map((dispute) => (
              <li key={dispute.openedAt} className="stack-tight">
                <strong>{texts.kinds[dispute.kind].title}</strong>
                <span className="muted small">
                  <Moment at={dispute.openedAt} />
                </span>
                <span>{answerOf(dispute)}</span>
                {dispute.message && <q className="break">{dispute.message}</q>}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{texts.wrong}</summary>
        <div className="stack">
          {send.error && (fault ? <p role="alert">{fault.message}</p> : <ProblemNotice problem={send.error.problem} />)}
          <Textarea
            label={texts.reason}
            maxLength={256}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {disputeKinds.map((kind) => (
            <Button
              key={kind}
              variant="default"
              loading={send.isPending && send.variables.body.kind === kind}
              onClick={() => open(kind)}
            >
              {texts.kinds[kind].action}
            </Button>
          ))}
        </div>
      </details>
    </section>
  )
}

function answerOf({ state, refundType, refundAmount }: Order['disputes'][number]): string {
  if (state === 'open') return texts.open
  if (refundType === null) return texts.answered
  const amount = refundAmount && moneyText({ ...refundAmount, amountMinor: BigInt(refundAmount.value) })
  return texts.refunds[refundType](amount ?? '')
}
