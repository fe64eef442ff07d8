import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { FAMILIES, families } from '../../../rules/interfaces.ts'
import { placeholdersIn, type Sample } from '../../../rules/samples.ts'
import { listed } from '../../language.ts'
import { saveText } from '../../parts/environment/save-text.ts'
import { paths } from '../../paths.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { nameOf } from './samples.ts'
import { texts } from './texts.ts'

type Props = {
  applicationId: string
  samples: readonly Sample[]
  chosen: Sample
  /** Where it goes: the path of the interface, or that of the call that this one is a copy of. */
  uri: string
  /** The body is that of a call of the log. */
  isCopy: boolean
  testWalletUrl: string
  /** A body with fresh ids. */
  fresh: () => string
  initial: string
  hasKey: boolean
  /** There is no key yet, so that the page can make the first one. */
  mayMake: boolean
  isSending: boolean
  onSend: (body: string) => void
}

/** Which interface, and what is sent to it, byte for byte as it stands in the field. */
export function CallPanel(props: Props) {
  const { applicationId, samples, chosen, uri, isCopy, testWalletUrl, fresh, initial, isSending, onSend } = props
  const { hasKey, mayMake } = props
  const [, navigate] = useLocation()
  const [body, setBody] = useState(initial)
  const open = placeholdersIn(body)
  return (
    <Panel title={texts.call} lead={texts.callLead}>
      <div className="stack">
        {isCopy && <Notice tone="info">{texts.copied}</Notice>}
        <NativeSelect
          label={texts.api}
          description={<code>POST {uri}</code>}
          value={chosen.id}
          onChange={({ currentTarget }) => navigate(paths.iTest(applicationId, { call: currentTarget.value }))}
          data={families.flatMap((family) => {
            const items = samples
              .filter((sample) => sample.family === family)
              .map((sample) => ({ value: sample.id, label: nameOf(sample) }))
            return items.length === 0 ? [] : [{ group: FAMILIES[family].title, items }]
          })}
        />
        <Textarea
          label={texts.body}
          autosize
          minRows={6}
          maxRows={28}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={body}
          onChange={({ currentTarget }) => setBody(currentTarget.value)}
        />
        {open.length > 0 && (
          <Notice tone="wait">
            <span>{texts.replace(listed(open))}</span>
            {open.includes('<payment code>') && (
              <span>
                {texts.paymentCode}{' '}
                <a href={testWalletUrl} target="_blank" rel="noreferrer">
                  {texts.toWallet}
                </a>
              </span>
            )}
          </Notice>
        )}
        {!isJson(body) && <Notice tone="wait">{texts.notJson}</Notice>}
        <div className="row">
          <MayButton
            needs="sandbox.develop"
            loading={isSending}
            disabled={!hasKey || open.length > 0}
            onClick={() => onSend(body)}
          >
            {texts.send}
          </MayButton>
          <Button variant="default" onClick={() => setBody(fresh())}>
            {texts.again}
          </Button>
          <Button variant="default" onClick={() => saveText('order.json', 'application/json', body)}>
            {texts.saveBody}
          </Button>
          {!hasKey && <span className="muted small">{mayMake ? texts.needsFirstKey : texts.needsKey}</span>}
        </div>
      </div>
    </Panel>
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
