import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { SandboxView } from '../../../contract/applications.ts'
import type { challengeSandboxKey, proveSandboxKey } from '../../../contract/keys.ts'
import type { challengeProductionKey, proveProductionKey } from '../../../contract/production.ts'
import { useSend } from '../../api.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Form } from '../Form.tsx'
import { MayButton } from '../MayButton.tsx'
import { ProblemNotice } from '../ProblemNotice.tsx'
import { toast } from '../toast.ts'
import { useFormSend } from '../use-form-send.ts'
import { canUseKeys, readPrivateKey } from './private-key.ts'
import { proofTexts as texts } from './proof-texts.ts'

type Key = SandboxView['keys'][number]

/** The two endpoints of an environment: a new text, and its signature. */
type Endpoints = {
  challenge: typeof challengeProductionKey | typeof challengeSandboxKey
  prove: typeof proveProductionKey | typeof proveSandboxKey
}
type Props = { applicationId: string; proofKey: Key; needs: 'production.configure' | 'sandbox.develop' } & Endpoints

/** A waiting key is proved by a signature of our text, made with openssl or in this page. */
export function ProofPanel({ applicationId, proofKey, ...endpoints }: Props) {
  const { version, challenge } = proofKey
  const renew = useSend(endpoints.challenge)
  const fresh = (
    <MayButton
      needs={endpoints.needs}
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
            <SignatureForm
              applicationId={applicationId}
              version={version}
              text={challenge.text}
              prove={endpoints.prove}
            />
          </>
        )}
      </div>
    </Panel>
  )
}

type FormProps = { applicationId: string; version: number; text: string; prove: Endpoints['prove'] }

function SignatureForm({ applicationId, version, text, prove }: FormProps) {
  const form = useForm({
    initialValues: { signature: '' },
    validate: ({ signature }) => ({ signature: signature.trim() === '' ? texts.signatureNeeded : null }),
  })
  const { submit, ...state } = useFormSend(prove, form, () => toast(texts.provedNow))
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
