import { Checkbox, type CheckboxGroupProps } from '@mantine/core'
import { organisationPermissionsOf, partnerRoles, permissionsOf } from '../../rules/roles.ts'
import { permissionTitle, roleWords } from '../words.ts'

type Props = Omit<CheckboxGroupProps, 'children'> & { label: string }

/** Each role with what it allows, in the words of the table. */
export function RoleChoice(props: Props) {
  return (
    <Checkbox.Group {...props}>
      <div className="stack-tight">
        {partnerRoles.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={roleWords(role).title}
            description={[...permissionsOf([role]), ...organisationPermissionsOf([role])]
              .map(permissionTitle)
              .join(' · ')}
          />
        ))}
      </div>
    </Checkbox.Group>
  )
}
