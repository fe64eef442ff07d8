import { Button, type ButtonProps, Tooltip, VisuallyHidden } from '@mantine/core'
import { type MouseEvent, useId, useState } from 'react'
import { Link } from 'wouter'
import { askSentence, useColleagues } from './use-colleagues.ts'
import { texts } from './texts.ts'
import { type AnyPermission, reasonFor, useMay, useTrialOver } from './use-may.ts'

type Props = ButtonProps & {
  needs: AnyPermission
  children: string
  type?: 'submit' | 'button'
  'aria-label'?: string
} & ({ href: string; onClick?: never } | { href?: never; onClick?: () => void })

/** A button that you may not press is shown, disabled, with the reason and whom to ask: on hover, focus and tap. */
export function MayButton({ needs, href, onClick, type = 'button', ...button }: Props) {
  const isOver = useTrialOver() && href === undefined
  if (!useMay(needs)) return <RefusedButton needs={needs} {...button} />
  if (isOver) return <DisabledButton reason={texts.trialOver} {...button} />
  if (href !== undefined) return <Button component={Link} href={href} {...button} />
  return <Button type={type} {...button} {...(onClick && { onClick })} />
}

type RefusedProps = Pick<Props, 'needs' | 'children' | 'aria-label'> & ButtonProps

function RefusedButton({ needs, ...button }: RefusedProps) {
  const [isShown, setShown] = useState(false)
  const { colleagues } = useColleagues(needs, isShown)
  const reason = [reasonFor(needs), askSentence(colleagues)].filter(Boolean).join(' ')
  return <DisabledButton reason={reason} onShow={() => setShown(true)} {...button} />
}

type DisabledProps = Omit<RefusedProps, 'needs'> & { reason: string; onShow?: () => void }

function DisabledButton({ reason, onShow, ...button }: DisabledProps) {
  const why = useId()
  const refuse = (event: MouseEvent) => event.preventDefault()
  return (
    <>
      <Tooltip label={reason} multiline maw={300} events={{ hover: true, focus: true, touch: true }}>
        <Button
          type="button"
          {...button}
          data-disabled
          aria-disabled="true"
          aria-describedby={why}
          onClick={refuse}
          onPointerEnter={onShow}
          onFocus={onShow}
        />
      </Tooltip>
      <VisuallyHidden id={why}>{reason}</VisuallyHidden>
    </>
  )
}
