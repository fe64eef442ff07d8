import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { PASSWORD } from '../../../rules/limits.ts'
import { Icon } from '../../ui/Icon.tsx'
import { texts } from './texts.ts'

/** As the server counts: code points after NFC. */
export const lengthOf = (password: string) => [...password.normalize('NFC')].length

export function passwordFault(password: string): string | null {
  const length = lengthOf(password)
  if (length < PASSWORD.minLength) return texts.tooShort
  return length > PASSWORD.maxLength ? texts.tooLong : null
}

/** A password that can be looked at while it is typed. Pasting is welcome. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      visibilityToggleIcon={({ reveal }) => <Icon name={reveal ? 'eyeOff' : 'eye'} />}
      visibilityToggleButtonProps={{ 'aria-label': texts.show, tabIndex: 0 }}
      {...props}
    />
  )
}

/** A new password, with the rule and a counter. */
export function NewPasswordField({ typed, ...props }: PasswordInputProps & { typed: string }) {
  const length = lengthOf(typed)
  const counted = length > 0 && length < PASSWORD.minLength
  return (
    <PasswordField
      label={texts.newPassword}
      autoComplete="new-password"
      description={counted ? texts.passwordCount(length) : texts.passwordRule}
      {...props}
    />
  )
}
