import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { getApplication, type SandboxView, setSandboxKey } from '../../../contract/applications.ts'
import { useLoaded, useSend } from '../../api.ts'
import { keyFileName, makePair } from '../../parts/environment/make-pair.ts'
import { canUseKeys, type PrivateKey, readPrivateKey } from '../../parts/environment/private-key.ts'
import { paths } from '../../paths.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { texts } from './texts.ts'

type Props = {
  applicationId: string
  sandbox: SandboxView
  chosen: PrivateKey | undefined
  onChoose: (key: PrivateKey | undefined) => void
}

/** The private key for as long as the page is open: from a file, from a paste, or made here where the application has none yet. */
export function KeyChooser({ applicationId, sandbox, chosen, onChoose }: Props) {
  const hasKey = sandbox.keys.length > 0
  return (
    <Panel title={texts.key} lead={texts.keyLead}>
      {!canUseKeys() && <Notice tone="bad">{texts.keyImpossible}</Notice>}
      {canUseKeys() && chosen && <Chosen sandbox={sandbox} chosen={chosen} onForget={() => onChoose(undefined)} />}
      {canUseKeys() && !chosen && (
        <div className="stack">
          {!hasKey && <FirstPair applicationId={applicationId} onMade={onChoose} />}
          {hasKey && <OwnKey onChoose={onChoose} />}
          <span className="muted small">
            {hasKey ? texts.noKeyAtHand : texts.ownPair}{' '}
            <Link href={paths.sandbox(applicationId, 'key')}>
              {hasKey ? texts.toSettings : texts.ownPairToSettings}
            </Link>
          </span>
        </div>
      )}
    </Panel>
  )
}

/** Whether the key that was chosen fits one that the application has set. */
function Chosen({ sandbox, chosen, onForget }: { sandbox: SandboxView; chosen: PrivateKey; onForget: () => void }) {
  const known = sandbox.keys.find(({ publicKey }) => publicKey === chosen.publicKey)
  const fits = known?.state === 'active'
  return (
    <div className="stack">
      <Notice tone={fits ? 'good' : 'wait'} title={known ? texts.fits(known.version) : texts.fitsNone}>
        <span>
          {fits
            ? texts.keyStays
            : known
              ? known.state === 'waiting'
                ? texts.keyWaiting
                : texts.keyRetired
              : texts.fitsNoneWhy}
        </span>
      </Notice>
      <Button variant="default" size="xs" className="self-start" onClick={onForget}>
        {texts.forget}
      </Button>
    </div>
  )
}

/** No key yet: one click makes the pair, saves the private half, and sets the public one. */
function FirstPair({ applicationId, onMade }: { applicationId: string; onMade: (key: PrivateKey) => void }) {
  const { name } = useLoaded(getApplication, { params: { applicationId } })
  const send = useSend(setSandboxKey)
  const [isMaking, setMaking] = useState(false)
  const make = async () => {
    setMaking(true)
    const { publicPem, privateKey } = await makePair(keyFileName(name, 'sandbox'))
    const set = await send.mutateAsync({ params: { applicationId }, body: { publicKey: publicPem } }).catch(() => null)
    setMaking(false)
    if (set) onMade(privateKey)
  }
  return (
    <>
      {send.error && <ProblemNotice problem={send.error.problem} />}
      <div className="row">
        <Button onClick={make} loading={isMaking}>
          {texts.makeAndSet}
        </Button>
        <span className="muted small">{texts.makeAndSetWhy}</span>
      </div>
    </>
  )
}

function OwnKey({ onChoose }: { onChoose: (key: PrivateKey) => void }) {
  const [pasted, setPasted] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  // The text is dropped as soon as it is a key: nothing that could be read again stays in the page.
  const take = async (text: string) => {
    const key = await readPrivateKey(text)
    if (typeof key === 'string') return setFault(texts.keyFaults[key])
    setPasted('')
    onChoose(key)
  }
  const paste = (text: string) => {
    setPasted(text)
    setFault(null)
    if (text.length > SHORTEST_KEY) void take(text)
  }
  return (
    <>
      <div className="row">
        <FileButton
          onChange={(file) => void file?.text().then(take)}
          inputProps={{ 'aria-label': texts.keyFile }}
          accept=".pem,.key,.txt"
        >
          {(props) => <Button {...props}>{texts.chooseFile}</Button>}
        </FileButton>
        <span className="muted small">{texts.chooseFileWhy}</span>
      </div>
      <Textarea
        label={texts.paste}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'mono' }}
        value={pasted}
        error={fault}
        onChange={(event) => paste(event.currentTarget.value)}
      />
    </>
  )
}

/** Of 1024 bits, in PKCS#1: whatever is shorter is still being typed. */
const SHORTEST_KEY = 800
