import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import { endPair, joinWallet, listPairs, newPairingCode } from '../../../contract/pairs.ts'
import { useLoaded, useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { docs } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { pairTexts as texts } from './pair-texts.ts'

type Pair = Output<typeof listPairs>['items'][number]

/** Whom this application pays with: a wallet hands out a code, an acquirer enters it, and either may end it. */
export function PairsPanel({ applicationId }: { applicationId: string }) {
  const { side, items } = useLoaded(listPairs, { params: { applicationId } })
  return (
    <Panel title={texts.title[side]} lead={texts.lead[side]} id="pairs">
      <div className="stack">
        {items.length > 0 && <Pairs applicationId={applicationId} caption={texts.title[side]} pairs={items} />}
        {side === 'wallet' ? <NewCode applicationId={applicationId} /> : <Join applicationId={applicationId} />}
        <a href={docs.wallets}>{texts.guide}</a>
      </div>
    </Panel>
  )
}

type PairsProps = { applicationId: string; caption: string; pairs: readonly Pair[] }

function Pairs({ applicationId, caption, pairs }: PairsProps) {
  const [asked, setAsked] = useState<Pair>()
  const end = useSend(endPair, () => toast(texts.ended))
  return (
    <>
      {end.error && <ProblemNotice problem={end.error.problem} />}
      <DataTable
        caption={caption}
        rows={pairs}
        rowKey={({ id }) => id}
        columns={[
          {
            title: texts.partner,
            cell: ({ partnerName, applicationName }) => (
              <span className="stack-tight">
                <span className="break">{partnerName}</span>
                <span className="muted small break">{applicationName}</span>
              </span>
            ),
            wide: true,
          },
          { title: texts.participantId, cell: ({ participantId }) => <code>{participantId}</code> },
          { title: texts.joined, cell: ({ joinedAt }) => <Moment at={joinedAt} /> },
          {
            title: texts.actions,
            cell: (pair) => (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={texts.endOf(pair.applicationName)}
                onClick={() => setAsked(pair)}
              >
                {texts.end}
              </Button>
            ),
          },
        ]}
      />
      {asked && (
        <ConfirmDialog
          title={texts.endTitle(asked.applicationName)}
          text={texts.endText}
          confirm={texts.end}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={() => end.mutate({ params: { applicationId, pairId: asked.id } })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

/** Shown once, because only its hash is kept. */
function NewCode({ applicationId }: { applicationId: string }) {
  const make = useSend(newPairingCode)
  return (
    <>
      {make.error && <ProblemNotice problem={make.error.problem} />}
      {make.data && (
        <Notice tone="info" title={texts.codeIs}>
          <span className="row">
            <span className="mono break">{make.data.code}</span>
            <CopyButton what={texts.code} value={make.data.code} />
          </span>
          <span>
            {texts.codeUntil} <Moment at={make.data.expiresAt} />
          </span>
        </Notice>
      )}
      <div className="row">
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate({ params: { applicationId } })}>
          {texts.newCode}
        </Button>
      </div>
    </>
  )
}

function Join({ applicationId }: { applicationId: string }) {
  const form = useForm({
    initialValues: { code: '' },
    validate: ({ code }) => ({ code: code.trim() === '' ? texts.codeNeeded : null }),
  })
  const { submit, ...state } = useFormSend(joinWallet, form, () => {
    form.reset()
    toast(texts.done)
  })
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { applicationId }, body })}
      submit={texts.join}
      submitProps={{ variant: 'default' }}
    >
      <TextInput
        label={texts.code}
        description={texts.codeFrom}
        autoComplete="off"
        maxLength={200}
        {...form.getInputProps('code')}
      />
    </Form>
  )
}
