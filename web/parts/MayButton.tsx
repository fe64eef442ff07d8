import { Button, type ButtonProps, VisuallyHidden } from '@mantine/core'
import { type MouseEvent, type PointerEvent, useId, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useReveal } from '../ui/use-reveal.ts'
import { LaterBubble } from './LaterBubble.tsx'
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
  const place = useRef<HTMLButtonElement>(null)
  const reveal = useReveal()
  const { 'aria-expanded': _, ...press } = reveal.button // a remark, which nobody opens and closes
  return (
    <>
      <Button
        ref={place}
        type="button"
        {...button}
        {...reveal.area}
        {...press}
        data-disabled
        aria-disabled="true"
        aria-describedby={why}
        onPointerEnter={(event: PointerEvent) => {
          onShow?.()
          reveal.area.onPointerEnter(event)
        }}
        onFocus={() => {
          onShow?.()
          reveal.area.onFocus()
        }}
        onClick={(event: MouseEvent) => {
          event.preventDefault()
          press.onClick(event)
        }}
      />
      {reveal.isOpen && (
        <LaterBubble beside={place} onDismiss={reveal.close} isRemark>
          {reason}
        </LaterBubble>
      )}
      <VisuallyHidden id={why}>{reason}</VisuallyHidden>
    </>
  )
}
