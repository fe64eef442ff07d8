import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { getApplication, setSandboxKey } from '../../../contract/applications.ts'
import { KEY } from '../../../rules/limits.ts'
import { useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { canMakePair, makePair } from './make-pair.ts'
import { looksPrivate } from './pem.ts'
import { texts } from './texts.ts'

function keyFault(text: string): string | null {
  if (text.trim() === '') return texts.keyNeeded
  return looksPrivate(text) ? texts.keyIsPrivate : null
}

/** Paste, upload, or make the pair here. What looks private is stopped before it is sent. */
export function KeyForm({ applicationId, isReplacement }: { applicationId: string; isReplacement: boolean }) {
  const [, navigate] = useLocation()
  const form = useForm({
    initialValues: { publicKey: '' },
    validate: ({ publicKey }) => ({ publicKey: keyFault(publicKey) }),
    live: ['publicKey'],
  })
  const { submit, ...state } = useFormSend(setSandboxKey, form, () => {
    toast(texts.keySaved)
    navigate(paths.sandbox(applicationId), { replace: true })
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
        <Button component={Link} href={paths.sandbox(applicationId)} variant="default">
          {shared.cancel}
        </Button>
      }
    >
      {isReplacement && <Notice tone="info">{texts.replaceLead}</Notice>}
      <PairMaker applicationId={applicationId} onMade={(pem) => form.setFieldValue('publicKey', pem)} />
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

function PairMaker({ applicationId, onMade }: { applicationId: string; onMade: (publicPem: string) => void }) {
  const { name } = useLoaded(getApplication, { params: { applicationId } })
  const [isMaking, setMaking] = useState(false)
  const [saved, setSaved] = useState<string>()
  const make = async () => {
    const fileName = `${name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}-sandbox-private-key.pem`
    setMaking(true)
    onMade(await makePair(fileName))
    setSaved(fileName)
    setMaking(false)
  }
  return (
    <div className="stack-tight">
      <div className="row">
        <Button variant="light" onClick={make} loading={isMaking} disabled={!canMakePair()}>
          {texts.makePair}
        </Button>
        <span className="muted small">{canMakePair() ? texts.makePairWhy : texts.makePairImpossible}</span>
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
