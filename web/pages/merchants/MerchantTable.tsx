import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { productTitles } from '../../words.ts'
import { INVITATION_TONES, type Merchant, STATUS_TONES, type Tab } from './merchant.ts'
import { texts } from './texts.ts'

type Props = {
  items: readonly Merchant[]
  tab: Tab
  linkTo: (merchant: Merchant) => string
  /** The one whose invitation is on its way to the server. */
  sending: string | undefined
  onSend: (merchant: Merchant) => void
}

export function MerchantTable({ items, tab, linkTo, sending, onSend }: Props) {
  const [, navigate] = useLocation()
  return (
    <DataTable
      caption={texts.tabs[tab]}
      rows={items}
      rowKey={({ id }) => id}
      onOpen={(merchant) => navigate(linkTo(merchant))}
      columns={[
        {
          title: texts.name,
          wide: true,
          cell: (merchant) => (
            <span className="stack-tight">
              <Link href={linkTo(merchant)} className="break">
                {merchant.name}
              </Link>
              <span className="muted small mono">{merchant.mid}</span>
            </span>
          ),
        },
        { title: texts.email, cell: ({ email }) => <span className="break">{email}</span>, wide: true },
        { title: texts.products, cell: ({ products }) => productTitles(products), wide: true },
        {
          title: texts.status,
          cell: ({ status }) => <StateWord tone={STATUS_TONES[status]}>{texts.statuses[status]}</StateWord>,
        },
        { title: texts.invitation, cell: (merchant) => <Invitation merchant={merchant} /> },
        ...(tab === 'accounts'
          ? [{ title: texts.remarks, cell: (merchant: Merchant) => <Remarks merchant={merchant} />, wide: true }]
          : []),
        {
          title: texts.actions,
          cell: (merchant) => {
            if (merchant.invitation.state === 'accepted') return null
            const send = merchant.status === 'listed' ? texts.send : texts.resend
            return (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={texts.sendTo(send, merchant.name)}
                loading={sending === merchant.id}
                onClick={() => onSend(merchant)}
              >
                {send}
              </Button>
            )
          },
        },
      ]}
    />
  )
}

/** How far the invitation has come, and how long it lives. */
export function Invitation({ merchant: { invitation } }: { merchant: Merchant }) {
  const { state, expiresAt } = invitation
  const isOpen = state === 'queued' || state === 'sent' || state === 'opened' || state === 'refused'
  return (
    <span className="stack-tight">
      <span>
        <StateWord tone={INVITATION_TONES[state]}>{texts.invitations[state]}</StateWord>
      </span>
      {isOpen && expiresAt !== null && (
        <span className="muted small">
          {texts.expires} <Moment at={expiresAt} part="date" />
        </span>
      )}
    </span>
  )
}

/** The reason of a failure in the words of the mail server, and what else is worth knowing. */
export function Remarks({ merchant: { remarks, invitation } }: { merchant: Merchant }) {
  return (
    <span className="stack-tight small">
      {remarks !== null && <span className="break">{remarks}</span>}
      {invitation.nextAttemptAt !== null && (
        <span className="muted">
          {texts.triedAgain(invitation.attempts)} <Moment at={invitation.nextAttemptAt} />
        </span>
      )}
      {invitation.perhapsTwice && <span className="muted">{texts.perhapsTwice}</span>}
    </span>
  )
}
