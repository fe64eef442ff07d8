import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { newSftpPassword, type SftpView, setSftpKey } from '../../../contract/reports.ts'
import { SFTP } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { docs, paths } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { texts } from './texts.ts'

type Props = { applicationId: string; sftp: SftpView }

/** Where the report files are fetched, and with what. */
export function SftpPanel({ applicationId, sftp }: Props) {
  const toReports = (
    <Button component={Link} href={paths.reports(applicationId)} variant="default" size="xs">
      {texts.toReports}
    </Button>
  )
  return (
    <Panel title={texts.sftp} lead={texts.sftpLead} id="sftp" actions={toReports}>
      {sftp.url === null || sftp.hostKeyFingerprint === null ? (
        <Notice tone="info" quiet>
          {texts.sftpOff}
        </Notice>
      ) : (
        <div className="stack">
          <KeyValues
            items={[
              { name: texts.sftpUrl, value: sftp.url, copy: sftp.url },
              { name: texts.sftpAccount, value: sftp.account, copy: sftp.account },
              { name: texts.sftpFolder, value: sftp.folder, copy: sftp.folder },
              { name: texts.sftpHostKey, value: sftp.hostKeyFingerprint, copy: sftp.hostKeyFingerprint },
              { name: texts.sftpPassword, value: <Since of={sftp.password} /> },
              ...(sftp.key === null
                ? []
                : [{ name: texts.sftpKey, value: sftp.key.fingerprint, copy: sftp.key.fingerprint }]),
            ]}
          />
          <Password applicationId={applicationId} sftp={sftp} />
          <KeyOf applicationId={applicationId} sftp={sftp} />
          <a href={docs.reports}>{texts.reportsGuide}</a>
        </div>
      )}
    </Panel>
  )
}

function Since({ of }: { of: SftpView['password'] }) {
  if (of === null) return <span className="muted">{texts.sftpNoPassword}</span>
  return (
    <span>
      {texts.sftpSetBy(of.setBy)}, <Moment at={of.setAt} />
    </span>
  )
}

/** A new password is shown until the page is left, and never again. */
function Password({ applicationId, sftp }: Props) {
  const [shown, setShown] = useState<string>()
  const [isAsked, setAsked] = useState(false)
  const make = useSend(newSftpPassword, ({ newPassword }) => setShown(newPassword))
  const go = () => make.mutate({ params: { applicationId } })
  const hasPassword = sftp.password !== null
  return (
    <>
      {make.error && <ProblemNotice problem={make.error.problem} />}
      {shown !== undefined && (
        <Notice tone="good" title={texts.sftpShown}>
          <span className="row">
            <code>{shown}</code>
            <CopyButton what={texts.sftpPassword} value={shown} />
          </span>
        </Notice>
      )}
      <MayButton
        needs="sandbox.develop"
        variant="default"
        className="self-start"
        loading={make.isPending}
        onClick={() => (hasPassword ? setAsked(true) : go())}
      >
        {hasPassword ? texts.sftpReplace : texts.sftpMake}
      </MayButton>
      {isAsked && (
        <ConfirmDialog
          title={texts.sftpReplaceTitle}
          text={texts.sftpReplaceText}
          confirm={texts.sftpReplace}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={go}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}

function KeyOf({ applicationId, sftp }: Props) {
  const params = { applicationId }
  const form = useForm({
    initialValues: { publicKey: '' },
    validate: ({ publicKey }) => ({ publicKey: publicKey.trim() === '' ? texts.sftpKeyNeeded : null }),
  })
  const { submit, ...state } = useFormSend(setSftpKey, form, () => {
    form.reset()
    toast(texts.sftpKeySaved)
  })
  const remove = useSend(setSftpKey, () => toast(texts.sftpKeyRemoved))
  return (
    <>
      {remove.error && <ProblemNotice problem={remove.error.problem} />}
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params, body })}
        submit={texts.sftpSaveKey}
        submitProps={{ variant: 'default' }}
        beside={
          sftp.key !== null && (
            <Button
              variant="default"
              loading={remove.isPending}
              onClick={() => remove.mutate({ params, body: { publicKey: null } })}
            >
              {texts.sftpRemoveKey}
            </Button>
          )
        }
      >
        <Textarea
          label={texts.sftpKey}
          description={texts.sftpKeyRule}
          rows={2}
          spellCheck={false}
          maxLength={SFTP.keyChars}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('publicKey')}
        />
      </Form>
    </>
  )
}
