import { Button, type ButtonProps, Tooltip, VisuallyHidden } from '@mantine/core'
import { type MouseEvent, useId } from 'react'
import { Link } from 'wouter'
import type { PartnerPermission, StaffPermission } from '../../rules/roles.ts'
import { useMay } from './use-may.ts'

type Props = ButtonProps & {
  needs: PartnerPermission | StaffPermission
  children: string
  type?: 'submit' | 'button'
  'aria-label'?: string
} & ({ href: string; onClick?: never } | { href?: never; onClick?: () => void })

/** A button that you may not press is shown, disabled, with the reason: on hover, focus and tap. */
export function MayButton({ needs, href, onClick, type = 'button', ...button }: Props) {
  const { may, reason } = useMay(needs)
  const why = useId()
  if (may && href !== undefined) return <Button component={Link} href={href} {...button} />
  if (may) return <Button type={type} {...button} {...(onClick && { onClick })} />
  const refuse = (event: MouseEvent) => event.preventDefault()
  return (
    <>
      <Tooltip label={reason} multiline maw={300} events={{ hover: true, focus: true, touch: true }}>
        <Button type="button" {...button} data-disabled aria-disabled="true" aria-describedby={why} onClick={refuse} />
      </Tooltip>
      <VisuallyHidden id={why}>{reason}</VisuallyHidden>
    </>
  )
}
