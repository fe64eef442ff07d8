import { NativeSelect, TextInput } from '@mantine/core'
import { useLocation, useSearch } from 'wouter'
import { EMAIL_MAX } from '../../../rules/limits.ts'
import { mailKinds, mailStates } from '../../../rules/mail.ts'
import { Filters } from '../../parts/Filters.tsx'
import { type MailView, paths } from '../../paths.ts'
import { texts } from './mail-texts.ts'

/** Filters stand in the address, so that a view can be sent to a colleague. */
export function MailFilters({ view }: { view: MailView }) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('address') ?? ''
  const show = (change: MailView) =>
    navigate(paths.staffMail({ ...view, address: typed, cursor: '', ...change }), { replace: true })
  return (
    <Filters>
      <TextInput
        label={texts.address}
        placeholder={texts.addressHint}
        type="search"
        maxLength={EMAIL_MAX}
        value={typed}
        onChange={(event) => show({ address: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.state}
        data={[
          { value: '', label: texts.anyState },
          ...mailStates.map((name) => ({ value: name, label: texts.states[name] })),
        ]}
        value={view.state ?? ''}
        onChange={(event) => show({ state: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.kind}
        data={[
          { value: '', label: texts.anyKind },
          ...mailKinds.map((name) => ({ value: name, label: texts.kinds[name] })),
        ]}
        value={view.kind ?? ''}
        onChange={(event) => show({ kind: event.currentTarget.value })}
      />
    </Filters>
  )
}
