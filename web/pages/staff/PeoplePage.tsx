import { TextInput } from '@mantine/core'
import { listStaff, openStaff } from '../../../contract/staff.ts'
import { EMAIL_MAX, PERSON_NAME_MAX } from '../../../rules/limits.ts'
import { type StaffRole, staffPermissions, staffRoleMay, staffRoles } from '../../../rules/roles.ts'
import { query, useLoaded } from '../../api.ts'
import { Form } from '../../parts/Form.tsx'
import { NoPermission } from '../../parts/NoPermission.tsx'
import { NoPermissionPage } from '../../parts/NoPermissionPage.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useMay } from '../../parts/use-may.ts'
import type { Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { useForm } from '../../ui/use-form.ts'
import { permissionTitle, roleWords } from '../../words.ts'
import { PeopleTable } from './PeopleTable.tsx'
import { texts } from './people-texts.ts'
import { StaffRoleChoice } from './StaffRoleChoice.tsx'

export const loader: Loader = ({ me }) => (me?.staffPermissions.includes('staff.people.view') ? [query(listStaff)] : [])

/** The people of the network, and what each role of theirs allows. */
export function Page() {
  if (!useMay('staff.people.view')) return <NoPermissionPage permission="staff.people.view" />
  return <People />
}

function People() {
  const { items } = useLoaded(listStaff)
  const mayManage = useMay('staff.people.manage')
  return (
    <>
      <PageHead title={texts.title}>{texts.lead}</PageHead>
      <div className="stack">
        <Panel title={texts.people} flush>
          <PeopleTable people={items} />
        </Panel>
        <Panel title={texts.open}>{mayManage ? <OpenForm /> : <NoPermission permission="staff.people.manage" />}</Panel>
        <Panel title={texts.table} flush>
          <PermissionTable />
        </Panel>
      </div>
    </>
  )
}

type Values = { name: string; email: string; role: StaffRole }

function OpenForm() {
  const form = useForm<Values>({
    initialValues: { name: '', email: '', role: 'solution_architect' },
    validate: ({ name, email }) => ({
      name: name.trim() === '' ? texts.nameNeeded : null,
      email: email.trim() === '' ? texts.emailNeeded : null,
    }),
  })
  const { submit, ...state } = useFormSend(openStaff, form, () => {
    form.reset()
    toast(texts.opened)
  })
  return (
    <div className="measure">
      <Form form={form} {...state} onSubmit={(body) => submit({ body })} submit={texts.open}>
        <p className="muted">{texts.openLead}</p>
        <TextInput label={texts.name} maxLength={PERSON_NAME_MAX} autoComplete="off" {...form.getInputProps('name')} />
        <TextInput
          label={texts.email}
          type="email"
          maxLength={EMAIL_MAX}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <StaffRoleChoice label={texts.role} {...form.getInputProps('role')} />
      </Form>
    </div>
  )
}

/** The staff's grid of rules/roles.ts, as it stands in the docs. */
function PermissionTable() {
  return (
    <DataTable
      caption={texts.table}
      rows={staffPermissions}
      rowKey={(permission) => permission}
      columns={[
        { title: texts.permission, cell: (permission) => permissionTitle(permission), wide: true },
        ...staffRoles.map((role) => ({
          title: roleWords(role).title,
          cell: (permission: (typeof staffPermissions)[number]) => {
            const may = staffRoleMay(role, permission)
            return <StateWord tone={may ? 'good' : 'plain'}>{may ? texts.yes : texts.no}</StateWord>
          },
        })),
      ]}
    />
  )
}
