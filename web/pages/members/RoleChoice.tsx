import { Checkbox, type CheckboxGroupProps } from '@mantine/core'
import { organisationPermissionsOf, partnerRoles, permissionsOf } from '../../../rules/roles.ts'
import { permissionTitle, roleWords } from '../../words.ts'
import { texts } from './texts.ts'

type Props = Omit<CheckboxGroupProps, 'children'>

/** Each role with what it allows, in the words of the table. */
export function RoleChoice(props: Props) {
  return (
    <Checkbox.Group label={texts.roles} {...props}>
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
