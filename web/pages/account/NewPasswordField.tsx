import type { TextInputProps } from '@mantine/core'
import { PASSWORD } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'
import { PasswordField } from './PasswordField.tsx'

const texts = inLanguage({
  en: {
    newPassword: 'New password',
    passwordRule: `${PASSWORD.minLength} to ${PASSWORD.maxLength} characters. A sentence is good; spaces are welcome.`,
    passwordCount: (count: number) => `${count} of at least ${PASSWORD.minLength} characters`,
    tooShort: `Use at least ${PASSWORD.minLength} characters.`,
    tooLong: `Use at most ${PASSWORD.maxLength} characters.`,
  },
  zh: {
    newPassword: '新密码',
    passwordRule: `${PASSWORD.minLength} 至 ${PASSWORD.maxLength} 个字符。一句话就很好；可以使用空格。`,
    passwordCount: (count: number) => `${count} 个字符，至少需要 ${PASSWORD.minLength} 个`,
    tooShort: `请至少使用 ${PASSWORD.minLength} 个字符。`,
    tooLong: `请使用不超过 ${PASSWORD.maxLength} 个字符。`,
  },
})

/** As the server counts: code points after NFC. */
const lengthOf = (password: string) => [...password.normalize('NFC')].length

export function passwordFault(password: string): string | null {
  const length = lengthOf(password)
  if (length < PASSWORD.minLength) return texts.tooShort
  return length > PASSWORD.maxLength ? texts.tooLong : null
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
