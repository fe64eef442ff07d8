import { Button, UnstyledButton } from '@mantine/core'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import type { Me } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useReveal } from '../../ui/use-reveal.ts'
import { roleTitles } from '../../words.ts'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { texts } from '../texts.ts'
import classes from './avatar-menu.module.css'
import { leave } from './log-out.ts'

/** Who is logged in, and the way out. Opens on hover, focus and tap. */
export function AvatarMenu({ me }: { me: Me }) {
  const reveal = useReveal()
  const panel = useId()
  const [leaving, setLeaving] = useState<'asked' | 'failed'>()
  const logOut = async () => {
    setLeaving('asked')
    if (!(await leave())) setLeaving('failed')
  }
  const { name, email } = me.person
  const roles = me.staffRole ? [me.staffRole] : me.roles
  return (
    <div className={classes.area} {...reveal.area}>
      <UnstyledButton
        className={classes.avatar}
        aria-label={texts.account(name)}
        aria-controls={panel}
        {...reveal.button}
      >
        <span aria-hidden="true">{initials(name)}</span>
      </UnstyledButton>
      <div id={panel} className={classes.panel} hidden={!reveal.isOpen && leaving === undefined}>
        <strong className="break">{name}</strong>
        <span className="muted small break">{email}</span>
        <span className="small">{roleTitles(roles) || texts.noRole}</span>
        <Link href={paths.security()} className={classes.link} onClick={reveal.close}>
          {texts.security}
        </Link>
        <LanguageSwitch />
        {leaving === 'failed' && <Notice tone="bad">{texts.logOutFailed}</Notice>}
        <Button variant="default" fullWidth loading={leaving === 'asked'} onClick={logOut}>
          {texts.logOut}
        </Button>
      </div>
    </div>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase()
