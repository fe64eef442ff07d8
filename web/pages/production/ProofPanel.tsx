import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { challengeProductionKey, type ProductionView, proveProductionKey } from '../../../contract/production.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { canUseKeys, readPrivateKey } from '../../parts/environment/private-key.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

type Key = ProductionView['keys'][number]

/** A waiting key is proved by a signature of our text, made with openssl or in this page. */
export function ProofPanel({ applicationId, proofKey }: { applicationId: string; proofKey: Key }) {
  const { version, challenge } = proofKey
  const renew = useSend(challengeProductionKey)
  const fresh = (
    <MayButton
      needs="production.configure"
      variant="default"
      size="xs"
      loading={renew.isPending}
      onClick={() => renew.mutate({ params: { applicationId, version } })}
    >
      {texts.newText}
    </MayButton>
  )
  return (
    <Panel title={texts.proof(version)} lead={texts.proofLead} actions={fresh} id="proof">
      <div className="stack">
        {renew.error && <ProblemNotice problem={renew.error.problem} />}
        {challenge === null ? (
          <Notice tone="wait">{texts.proofOver}</Notice>
        ) : (
          <>
            <CodeBlock title={texts.proofText} text={challenge.text} />
            <span className="muted small">
              {texts.proofUntil} <Moment at={challenge.expiresAt} />
            </span>
            <CodeBlock
              title={texts.proofCommand}
              note={texts.proofCommandNote}
              text={`printf '%s' '${challenge.text}' | openssl dgst -sha256 -sign private-key.pem | openssl base64 -A`}
            />
            <SignatureForm applicationId={applicationId} version={version} text={challenge.text} />
          </>
        )}
      </div>
    </Panel>
  )
}

function SignatureForm({ applicationId, version, text }: { applicationId: string; version: number; text: string }) {
  const form = useForm({
    initialValues: { signature: '' },
    validate: ({ signature }) => ({ signature: signature.trim() === '' ? texts.signatureNeeded : null }),
  })
  const { submit, ...state } = useFormSend(proveProductionKey, form, () => toast(texts.provedNow))
  const [isUnreadable, setUnreadable] = useState(false)
  const sign = async (file: File | null) => {
    if (file === null) return
    const key = await readPrivateKey(await file.text())
    setUnreadable(typeof key === 'string')
    if (typeof key !== 'string') form.setFieldValue('signature', await key.sign(text))
  }
  return (
    <Form
      form={form}
      {...state}
      onSubmit={(body) => submit({ params: { applicationId, version }, body })}
      submit={texts.prove}
    >
      <div className="row">
        <FileButton onChange={sign} inputProps={{ 'aria-label': texts.privateKeyFile }}>
          {(props) => (
            <Button {...props} variant="light" disabled={!canUseKeys()}>
              {texts.signHere}
            </Button>
          )}
        </FileButton>
        <span className="muted small">{canUseKeys() ? texts.signHereWhy : texts.signHereImpossible}</span>
      </div>
      {isUnreadable && <Notice tone="bad">{texts.signUnreadable}</Notice>}
      <Textarea
        label={texts.signature}
        description={texts.signatureRule}
        rows={5}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('signature')}
      />
    </Form>
  )
}
