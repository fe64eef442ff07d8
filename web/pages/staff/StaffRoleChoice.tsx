import { Radio, type RadioGroupProps } from '@mantine/core'
import { staffPermissionsOf, staffRoles } from '../../../rules/roles.ts'
import { permissionTitle, roleWords } from '../../words.ts'

type Props = Omit<RadioGroupProps, 'children'> & { label: string }

/** Each role of the staff with what it allows, in the words of the table. A member of staff has one. */
export function StaffRoleChoice(props: Props) {
  return (
    <Radio.Group {...props}>
      <div className="stack-tight">
        {staffRoles.map((role) => (
          <Radio
            key={role}
            value={role}
            label={roleWords(role).title}
            description={staffPermissionsOf(role).map(permissionTitle).join(' · ')}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
