import { Checkbox, type CheckboxGroupProps } from '@mantine/core'
import { organisationPermissionsOf, type PartnerRole, partnerRoles, permissionsOf } from '../../rules/roles.ts'
import { permissionTitle, roleWords } from '../words.ts'

/** `without`: a role that is not to be had here. */
type Props = Omit<CheckboxGroupProps, 'children'> & { label: string; without?: PartnerRole }

/** Each role with what it allows, in the words of the table. */
export function RoleChoice({ without, ...props }: Props) {
  return (
    <Checkbox.Group {...props}>
      <div className="stack-tight">
        {partnerRoles
          .filter((role) => role !== without)
          .map((role) => (
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
