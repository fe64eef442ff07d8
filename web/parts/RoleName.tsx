import { ActionIcon } from '@mantine/core'
import { useRef } from 'react'
import {
  organisationPermissionsOf,
  type PartnerRole,
  permissionsOf,
  STAFF_ROLES,
  type StaffRole,
  staffPermissionsOf,
} from '../../rules/roles.ts'
import { Icon } from '../ui/Icon.tsx'
import { useReveal } from '../ui/use-reveal.ts'
import { permissionTitle, roleWords } from '../words.ts'
import classes from './role-name.module.css'
import { LaterBubble } from './LaterBubble.tsx'
import { texts } from './texts.ts'

const isStaffs = (role: PartnerRole | StaffRole): role is StaffRole => role in STAFF_ROLES

/** A role with an icon to its right that lists its permissions: on hover, focus and tap. */
export function RoleName({ role }: { role: PartnerRole | StaffRole }) {
  const reveal = useReveal()
  const icon = useRef<HTMLButtonElement>(null)
  const { title, purpose } = roleWords(role)
  const permissions = isStaffs(role)
    ? staffPermissionsOf(role)
    : [...permissionsOf([role]), ...organisationPermissionsOf([role])]
  return (
    <span className={classes.role}>
      {title}
      <span {...reveal.area}>
        <ActionIcon ref={icon} variant="subtle" size="sm" aria-label={texts.permissionsOf(title)} {...reveal.button}>
          <Icon name="info" size={16} />
        </ActionIcon>
        {reveal.isOpen && (
          <LaterBubble beside={icon} onDismiss={reveal.close}>
            <p className="muted">{purpose}</p>
            <ul className={classes.permissions} aria-label={texts.permissionsOf(title)}>
              {permissions.map((permission) => (
                <li key={permission}>
                  <Icon name="check" size={14} />
                  {permissionTitle(permission)}
                </li>
              ))}
            </ul>
          </LaterBubble>
        )}
      </span>
    </span>
  )
}
