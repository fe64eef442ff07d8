import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { getApplication, type setSandboxKey } from '../../../contract/applications.ts'
import type { setProductionKey } from '../../../contract/production.ts'
import { KEY } from '../../../rules/limits.ts'
import { useLoaded } from '../../api.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Form } from '../Form.tsx'
import { texts as shared } from '../texts.ts'
import { toast } from '../toast.ts'
import { useFormSend } from '../use-form-send.ts'
import { keyFileName, makePair } from './make-pair.ts'
import { looksPrivate } from './pem.ts'
import { canUseKeys } from './private-key.ts'
import { texts } from './texts.ts'

function keyFault(text: string): string | null {
  if (text.trim() === '') return texts.keyNeeded
  return looksPrivate(text) ? texts.keyIsPrivate : null
}

type Props = {
  applicationId: string
  endpoint: typeof setSandboxKey | typeof setProductionKey
  /** Goes into the name of the file with the private key. */
  environment: 'sandbox' | 'production'
  /** Said before anything is pasted. */
  lead: string | null
  /** Where to go afterwards, and without. */
  back: string
}

/** Paste, upload, or make the pair here. What looks private is stopped before it is sent. */
export function KeyForm({ applicationId, endpoint, environment, lead, back }: Props) {
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { publicKey: '' },
    validate: ({ publicKey }) => ({ publicKey: keyFault(publicKey) }),
    live: ['publicKey'],
  })
  const { submit, ...state } = useFormSend(endpoint, form, () => {
    toast(texts.keySaved)
    navigate(back, { replace: true })
  })
  const upload = async (file: File | null) => {
    if (file) form.setFieldValue('publicKey', (await file.text()).slice(0, KEY.pastedMax))
  }
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { applicationId }, body })}
      submit={texts.submit}
      beside={
        <Button component={Link} href={back} variant="default">
          {shared.cancel}
        </Button>
      }
    >
      {lead && <Notice tone="info">{lead}</Notice>}
      <PairMaker
        applicationId={applicationId}
        environment={environment}
        onMade={(pem) => form.setFieldValue('publicKey', pem)}
      />
      <Textarea
        label={texts.yourKey}
        description={texts.yourKeyRule}
        rows={9}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('publicKey')}
      />
      <FileButton onChange={upload} inputProps={{ 'aria-label': texts.uploadName }}>
        {(props) => (
          <Button {...props} variant="default" size="xs" className="self-start">
            {texts.upload}
          </Button>
        )}
      </FileButton>
    </Form>
  )
}

type MakerProps = Pick<Props, 'applicationId' | 'environment'> & { onMade: (publicPem: string) => void }

function PairMaker({ applicationId, environment, onMade }: MakerProps) {
  const { name } = useLoaded(getApplication, { params: { applicationId } })
  const [isMaking, setMaking] = useState(false)
  const [saved, setSaved] = useState<string>()
  const make = async () => {
    const fileName = keyFileName(name, environment)
    setMaking(true)
    onMade((await makePair(fileName)).publicPem)
    setSaved(fileName)
    setMaking(false)
  }
  return (
    <div className="stack-tight">
      <div className="row">
        <Button variant="light" onClick={make} loading={isMaking} disabled={!canUseKeys()}>
          {texts.makePair}
        </Button>
        <span className="muted small">{canUseKeys() ? texts.makePairWhy : texts.makePairImpossible}</span>
      </div>
      {saved && (
        <Notice tone="good">
          <span>
            {texts.pairMade} <code>{saved}</code>.
          </span>
          <span>{texts.pairMadeRemedy}</span>
        </Notice>
      )}
    </div>
  )
}
