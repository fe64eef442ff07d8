import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { PASSWORD } from '../../../rules/limits.ts'
import { Icon } from '../../ui/Icon.tsx'
import { logInTexts as texts } from './log-in-texts.ts'

/** As the server counts: code points after NFC. */
export const lengthOf = (password: string) => [...password.normalize('NFC')].length

export function passwordFault(password: string): string | null {
  const length = lengthOf(password)
  if (length < PASSWORD.minLength) return texts.tooShort
  return length > PASSWORD.maxLength ? texts.tooLong : null
}

/** A password that can be looked at while it is typed. Pasting is welcome. */
export function PasswordField(props: TextInputProps) {
  const [isShown, setShown] = useState(false)
  return (
    <TextInput
      {...props}
      type={isShown ? 'text' : 'password'}
      spellCheck={false}
      rightSection={
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={isShown ? texts.hide : texts.show}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eyeOff' : 'eye'} />
        </ActionIcon>
      }
    />
  )
}

/** A new password, with the rule and a counter. */
export function NewPasswordField({ typed, ...props }: TextInputProps & { typed: string }) {
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
