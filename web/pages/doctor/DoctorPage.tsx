import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { site } from '../../../contract/accounts.ts'
import { getApplication, getSandbox } from '../../../contract/applications.ts'
import { type Bytes, hasSubtle, utf8 } from '../../../rules/bytes.ts'
import { DOCTOR, KEY } from '../../../rules/limits.ts'
import { query, useLoaded } from '../../api.ts'
import { listed, numberOf } from '../../language.ts'
import type { At, Loader } from '../../page.ts'
import { DoctorFinding } from '../../parts/doctor/DoctorFinding.tsx'
import { Form } from '../../parts/Form.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { docs, paths } from '../../paths.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { type Examined, examine } from './examine.ts'
import { readPasted } from './pasted-call.ts'
import { readKey } from '../../parts/environment/pasted-key.ts'
import { texts } from './texts.ts'

const HEAD_MAX = 16_384
const CLAIMED_MAX = DOCTOR.bodyBytes + HEAD_MAX
const NEEDED = ['Client-Id', 'Request-Time', 'Signature']

export const loader: Loader = (at) => {
  const params = { applicationId: at.params.applicationId }
  return [query(getApplication, { params }), query(getSandbox, { params }), query(site)]
}

/** The Doctor on pasted text. Nothing of it goes into the address, into storage, or to the server. */
export function Page(at: At) {
  const { applicationId } = at.params
  const { gatewayOrigin } = useLoaded(site)
  const [examined, setExamined] = useState<Examined>()
  return (
    <>
      <PageHead title={texts.title} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.lead}
      </PageHead>
      <div className="stack">
        <p className="row">
          <span className="muted">{texts.recorded}</span>
          <Link href={paths.requests(applicationId, { signature: 'refused' })}>{texts.toLog}</Link>
          <a href={docs.refusedSignature}>{texts.guide}</a>
        </p>
        {!hasSubtle() && <Notice tone="bad">{texts.notSecure}</Notice>}
        <Panel title={texts.call}>
          <CallForm applicationId={applicationId} onExamined={setExamined} />
        </Panel>
        {examined && (
          <Panel title={texts.finding} id="finding">
            <div className="stack">
              <KeyNotices applicationId={applicationId} examined={examined} />
              <DoctorFinding
                key={String(examined.finding.received.length)}
                finding={examined.finding}
                facts={{ origin: gatewayOrigin, uri: examined.uri, clientId: examined.clientId }}
                bodyBytes={examined.bodyBytes}
              />
              {examined.rightHeader && examined.finding.verdict !== 'verifies' && (
                <CodeBlock title={texts.rightHeader} note={texts.rightHeaderNote} text={examined.rightHeader} />
              )}
            </div>
          </Panel>
        )}
      </div>
    </>
  )
}

function KeyNotices({ applicationId, examined }: { applicationId: string; examined: Examined }) {
  return (
    <>
      {examined.isForeign && (
        <Notice tone="wait" title={texts.keyForeign} quiet>
          <span>{texts.keyForeignRemedy}</span>
          <Link href={paths.sandbox(applicationId)}>{texts.toSettings}</Link>
        </Notice>
      )}
      {examined.isPrivate && (
        <Notice tone="info" quiet>
          {texts.keyDerived}
        </Notice>
      )}
    </>
  )
}

type FileBytes = { name: string; bytes: Bytes }

function CallForm({ applicationId, onExamined }: { applicationId: string; onExamined: (found: Examined) => void }) {
  const sandbox = useLoaded(getSandbox, { params: { applicationId } })
  const [file, setFile] = useState<FileBytes>()
  const [isWorking, setWorking] = useState(false)
  const form = useForm({
    initialValues: { head: '', body: '', key: '', claimed: '' },
    validate: ({ head, body, key, claimed }) => ({
      head: headFault(head),
      body: tooLong(file?.bytes ?? utf8(body), DOCTOR.bodyBytes),
      key: tooLong(utf8(key), KEY.pastedMax),
      claimed: tooLong(utf8(claimed), CLAIMED_MAX),
    }),
  })
  const submit = async ({ head, body, key, claimed }: typeof form.values) => {
    const call = readPasted(head)
    if (!call) return
    setWorking(true)
    try {
      const pastedKey = key.trim() === '' ? undefined : await readKey(key)
      if (key.trim() !== '' && !pastedKey) form.setErrors({ key: texts.keyUnreadable })
      else onExamined(await examine({ call, body: file?.bytes ?? utf8(body), key: pastedKey, claimed }, sandbox))
    } finally {
      setWorking(false)
    }
  }
  const takeBody = async (chosen: File | null) => {
    if (chosen) setFile({ name: chosen.name, bytes: await bytesOf(chosen, DOCTOR.bodyBytes) })
  }
  const takeKey = async (chosen: File | null) => {
    if (chosen) form.setFieldValue('key', new TextDecoder().decode(await bytesOf(chosen, KEY.pastedMax)))
  }
  const area = { spellCheck: false, autoComplete: 'off', classNames: { input: 'mono' } } as const
  return (
    <Form
      form={form}
      problem={null}
      isSending={isWorking}
      onSubmit={submit}
      submit={texts.examine}
      submitProps={{ disabled: !hasSubtle() }}
    >
      <Textarea label={texts.head} description={texts.headRule} rows={6} {...area} {...form.getInputProps('head')} />
      <Textarea
        label={texts.body}
        description={texts.bodyRule}
        rows={6}
        {...area}
        {...form.getInputProps('body')}
        disabled={file !== undefined}
      />
      <div className="row">
        <FileChoice label={texts.bodyFile} onChoose={takeBody} />
        {file && (
          <>
            <span className="muted small">{texts.bodyFrom(file.name, numberOf(file.bytes.length))}</span>
            <Button variant="subtle" size="xs" onClick={() => setFile(undefined)}>
              {texts.dropFile}
            </Button>
          </>
        )}
      </div>
      <Textarea label={texts.key} description={texts.keyRule} rows={4} {...area} {...form.getInputProps('key')} />
      <FileChoice label={texts.keyFile} onChoose={takeKey} />
      <Textarea
        label={texts.claimed}
        description={texts.claimedRule}
        rows={3}
        {...area}
        {...form.getInputProps('claimed')}
      />
    </Form>
  )
}

function FileChoice({ label, onChoose }: { label: string; onChoose: (file: File | null) => void }) {
  return (
    <FileButton onChange={onChoose} inputProps={{ 'aria-label': label }}>
      {(props) => (
        <Button {...props} variant="default" size="xs" className="self-start">
          {label}
        </Button>
      )}
    </FileButton>
  )
}

function headFault(head: string): string | null {
  if (head.trim() === '') return texts.headNeeded
  const long = tooLong(utf8(head), HEAD_MAX)
  if (long) return long
  const call = readPasted(head)
  if (!call) return texts.noRequestLine
  const missing = NEEDED.filter((name) => !call.headers.get(name.toLowerCase()))
  return missing.length === 0 ? null : texts.noHeader(listed(missing))
}

const tooLong = (bytes: Uint8Array, most: number) => (bytes.length > most ? texts.tooLong(numberOf(most)) : null)

/** One byte more than is allowed is enough to say that it is too long. */
const bytesOf = async (file: File, most: number): Promise<Bytes> =>
  new Uint8Array(await file.slice(0, most + 1).arrayBuffer())
