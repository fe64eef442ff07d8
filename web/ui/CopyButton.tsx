import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { copyText } from './copy-text.ts'
import { Icon } from './Icon.tsx'
import { words } from './words.ts'

const SHOWN_MS = 2000

/** Copies a value; `what` completes its name: "Copy Client ID". */
export function CopyButton({ what, value }: { what: string; value: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await copyText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        aria-label={words.copy(what)}
        title={words.copy(what)}
        onClick={copy}
      >
        <Icon name={copied ? 'check' : 'copy'} size={16} />
      </ActionIcon>
      <VisuallyHidden role="status">{copied ? words.copied(what) : ''}</VisuallyHidden>
    </>
  )
}
