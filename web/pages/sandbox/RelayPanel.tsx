import { Button } from '@mantine/core'
import { useState } from 'react'
import { getRelay, newRelayToken, type RelayView, removeRelayToken } from '../../../contract/relays.ts'
import { useLive, useSend } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { docs, RELAY_SCRIPT } from '../../paths.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { relayTexts as texts } from './relay-texts.ts'

const POLL_MS = 3000

type Props = { applicationId: string; center: string }

/** The relay of the sandbox: its token, whether somebody listens, and the command that does. */
export function RelayPanel({ applicationId, center }: Props) {
  const { data: relay } = useLive(POLL_MS, getRelay, { params: { applicationId } })
  // Shown until the page is left, and never again.
  const [token, setToken] = useState<string>()
  const script = (
    <Button component="a" href={RELAY_SCRIPT} download variant="default" size="xs">
      {texts.script}
    </Button>
  )
  return (
    <Panel title={texts.relay} lead={texts.lead} id="relay" actions={script}>
      <div className="stack">
        <KeyValues
          items={[
            { name: texts.listener, value: <Listening relay={relay} /> },
            { name: texts.seen, value: relay.seenAt === null ? texts.never : <Moment at={relay.seenAt} /> },
            { name: texts.waiting, value: numberOf(relay.waiting) },
            { name: texts.token, value: <Made token={relay.token} /> },
          ]}
        />
        {token !== undefined && relay.token !== null && (
          <Notice tone="good" title={texts.shown}>
            <span className="row">
              <code>{token}</code>
              <CopyButton what={texts.token} value={token} />
            </span>
          </Notice>
        )}
        <TokenButtons applicationId={applicationId} hasToken={relay.token !== null} onMade={setToken} />
        {relay.token !== null && (
          <>
            <span>{texts.steps}</span>
            <CodeBlock
              title={texts.command}
              text={commandOf(center, token)}
              {...(token === undefined ? { note: texts.commandWithout } : {})}
            />
          </>
        )}
        <a href={docs.relay}>{texts.guide}</a>
      </div>
    </Panel>
  )
}

/** One line: line breaks are written differently in each shell. With =, because a token may begin with a hyphen. */
function commandOf(center: string, token: string | undefined): string {
  const withToken = token === undefined ? '' : ` --token=${token}`
  return `node slipway-listen.mjs --center ${center}${withToken} --forward http://localhost:3000`
}

function Listening({ relay }: { relay: RelayView }) {
  return (
    <StateWord tone={relay.isListening ? 'good' : 'plain'}>
      {relay.isListening ? texts.isListening : texts.isNot}
    </StateWord>
  )
}

function Made({ token }: { token: RelayView['token'] }) {
  if (token === null) return <span className="muted">{texts.noToken}</span>
  return (
    <span>
      {texts.madeBy(token.madeBy)}, <Moment at={token.madeAt} />
    </span>
  )
}

type Tokens = { applicationId: string; hasToken: boolean; onMade: (token: string | undefined) => void }

/** Replacing and removing end what runs, so both are asked about once more. */
function TokenButtons({ applicationId, hasToken, onMade }: Tokens) {
  const [asked, setAsked] = useState<'replace' | 'remove'>()
  const make = useSend(newRelayToken, ({ newToken }) => onMade(newToken))
  const remove = useSend(removeRelayToken, () => {
    onMade(undefined)
    toast(texts.removed)
  })
  const input = { params: { applicationId } }
  const problem = (make.error ?? remove.error)?.problem
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <MayButton
          needs="sandbox.develop"
          variant="default"
          loading={make.isPending}
          onClick={() => (hasToken ? setAsked('replace') : make.mutate(input))}
        >
          {hasToken ? texts.replace : texts.make}
        </MayButton>
        {hasToken && (
          <MayButton
            needs="sandbox.develop"
            variant="default"
            loading={remove.isPending}
            onClick={() => setAsked('remove')}
          >
            {texts.remove}
          </MayButton>
        )}
      </div>
      {asked !== undefined && (
        <ConfirmDialog
          title={asked === 'replace' ? texts.replaceTitle : texts.removeTitle}
          text={asked === 'replace' ? texts.replaceText : texts.removeText}
          confirm={texts[asked]}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={() => (asked === 'replace' ? make : remove).mutate(input)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
