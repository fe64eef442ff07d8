/** What becomes of a mail of the center. */
export const MAIL_STATES = {
  queued: 'Queued',
  sent: 'Sent',
  refused: 'Refused',
  given_up: 'Given up',
  expired: 'Expired',
  dropped: 'Not sent',
} as const
export type MailState = keyof typeof MAIL_STATES
export const mailStates = Object.keys(MAIL_STATES) as [MailState, ...MailState[]] // keys of a constant

/** What a mail is about, without what it says. */
export const MAIL_KINDS = {
  activation: 'Activation of an account',
  invitation: 'Invitation of a colleague',
  launch: 'Launch of an application',
  merchant_invitation: 'Invitation of a merchant',
  notice: 'Notice',
  reset_code: 'Code to reset a password',
  test: 'Test message',
} as const
export type MailKind = keyof typeof MAIL_KINDS
export const mailKinds = Object.keys(MAIL_KINDS) as [MailKind, ...MailKind[]] // keys of a constant
