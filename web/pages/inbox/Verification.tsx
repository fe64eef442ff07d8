import { useEffect, useState } from 'react'
import type { InboxCallView } from '../../../contract/inbox.ts'
import { canUseKeys, verifies } from '../../parts/environment/private-key.ts'
import { docs } from '../../paths.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { readCall } from './read-call.ts'
import { texts } from './texts.ts'

/** The signature of the center, verified here as the partner's server will have to: step by step, from the kept bytes alone. */
export function Verification({ call, networkKey }: { call: InboxCallView; networkKey: string }) {
  const { header, signedText } = readCall(call)
  const signature = 'fault' in header ? '' : header.signature
  const [isGenuine, setGenuine] = useState<boolean>()
  useEffect(() => {
    let isOver = false
    if (canUseKeys())
      void verifies(networkKey, signedText, signature).then((found) => {
        if (!isOver) setGenuine(found)
      })
    return () => {
      isOver = true
    }
  }, [networkKey, signedText, signature])
  return (
    <div className="stack">
      <Outcome isGenuine={isGenuine} />
      <h3>{texts.stepHeader}</h3>
      {'fault' in header ? (
        <p>{texts.noHeader}</p>
      ) : (
        <KeyValues
          items={[
            { name: texts.algorithm, value: header.algorithm },
            { name: texts.keyVersion, value: header.keyVersion ?? '' },
            { name: texts.signature, value: signature, copy: signature },
          ]}
        />
      )}
      <h3>{texts.stepString}</h3>
      <p>{texts.stepStringLead}</p>
      <CodeBlock title={texts.signedText} text={signedText} />
      <h3>{texts.stepKey}</h3>
      <CodeBlock title={texts.networkKey} text={networkKey} />
      <h3>{texts.stepVerify}</h3>
      <p>
        {texts.stepVerifyLead} <a href={docs.signing}>{texts.signingGuide}</a>
      </p>
    </div>
  )
}

function Outcome({ isGenuine }: { isGenuine: boolean | undefined }) {
  if (!canUseKeys()) return <Notice tone="wait">{texts.noKeys}</Notice>
  // It takes a moment that is too short for words.
  if (isGenuine === undefined) return <Notice tone="wait">{texts.verifying}</Notice>
  return isGenuine ? (
    <Notice tone="good">{texts.genuine}</Notice>
  ) : (
    <Notice tone="bad" title={texts.forged}>
      {texts.forgedWhy}
    </Notice>
  )
}
