import { Button, FileInput } from '@mantine/core'
import { useState } from 'react'
import {
  checkMerchantFile,
  failedMerchantRows,
  type ImportView,
  merchantTemplate,
  storeMerchantFile,
} from '../../../contract/merchants.ts'
import { UPLOAD } from '../../../rules/limits.ts'
import { fileAddress, useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { numberOf } from '../../language.ts'
import { ImportOutcome } from './ImportOutcome.tsx'
import { texts } from './texts.ts'

type Props = { applicationId: string; onClose: () => void; onStored: () => void }
type Chosen = { name: string; bytes: Uint8Array<ArrayBuffer> }

/** A list of merchants: get the template, choose the filled file, look at what it would do, then store it. Nothing is mailed. */
export function ImportDialog({ applicationId, onClose, onStored }: Props) {
  const params = { applicationId }
  const [chosen, setChosen] = useState<Chosen>()
  const [isTooLarge, setTooLarge] = useState(false)
  const check = useSend(checkMerchantFile)
  const choose = async (file: File | null) => {
    check.reset()
    setChosen(undefined)
    setTooLarge(file !== null && file.size > UPLOAD.bytes)
    if (file === null || file.size > UPLOAD.bytes) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    setChosen({ name: file.name, bytes })
    check.mutate({ params, query: { name: file.name }, body: bytes })
  }
  return (
    <Dialog title={texts.import} closeLabel={shared.close} size="lg" onClose={onClose}>
      <div className="stack">
        <p>
          {texts.importLead(numberOf(UPLOAD.rows), UPLOAD.bytes / 1_000_000)}{' '}
          <a href={fileAddress(merchantTemplate, { params, query: { format: 'xlsx' } })}>{texts.template('.xlsx')}</a>{' '}
          <a href={fileAddress(merchantTemplate, { params, query: { format: 'csv' } })}>{texts.template('.csv')}</a>
        </p>
        <FileInput
          label={texts.file}
          placeholder={texts.chooseFile}
          accept=".xlsx,.csv"
          clearable={false}
          error={isTooLarge ? texts.tooLarge(UPLOAD.bytes / 1_000_000) : undefined}
          onChange={(file) => void choose(file)}
        />
        {check.isPending && <p role="status">{texts.checking}</p>}
        {check.error && <ProblemNotice problem={check.error.problem} />}
        {check.data && chosen && (
          <Outcome applicationId={applicationId} chosen={chosen} view={check.data} onStored={onStored} />
        )}
      </div>
    </Dialog>
  )
}

type OutcomeProps = { applicationId: string; chosen: Chosen; view: ImportView; onStored: () => void }

function Outcome({ applicationId, chosen: { name, bytes }, view, onStored }: OutcomeProps) {
  const params = { applicationId }
  const send = useSend(storeMerchantFile, ({ added, changed }) => {
    toast(texts.stored(numberOf(added), numberOf(changed)))
    onStored()
  })
  const failed = useSend(failedMerchantRows)
  const problem = send.error ?? failed.error
  const good = view.added + view.changed
  const leaveOutFailed = view.failed > 0 ? 'yes' : 'no'
  return (
    <>
      <ImportOutcome view={view} />
      {problem && <ProblemNotice problem={problem.problem} />}
      <div className="row">
        {good > 0 && (
          <Button
            loading={send.isPending}
            onClick={() => send.mutate({ params, query: { name, leaveOutFailed }, body: bytes })}
          >
            {view.failed > 0 ? texts.storeGood(numberOf(good)) : texts.storeAll(numberOf(good))}
          </Button>
        )}
        {view.failed > 0 && (
          <Button
            variant="default"
            loading={failed.isPending}
            onClick={() => failed.mutate({ params, query: { name }, body: bytes })}
          >
            {texts.failedRows(numberOf(view.failed))}
          </Button>
        )}
      </div>
    </>
  )
}
