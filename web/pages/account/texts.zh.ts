import { RESET } from '../../../rules/limits.ts'

export const zh = {
  confirm: '确认',
  activated: '密码已设置。请用它登录。',
  passwordChanged: '密码已更改，您账户的所有会话已结束。请用新密码登录。',
  name: '姓名',

  activate: '设置您的密码',
  activateFor: (partner: string | null) => (partner === null ? '网络的账户' : `${partner} 的账户`),
  activateValid: '此链接只能使用一次，有效期至',
  setPassword: '设置密码',
  noToken: '此激活链接不完整。',
  noTokenRemedy: '请重新打开邮件中的链接，或复制完整的链接。',
  toLogIn: '前往登录页面',

  reset: '重置密码',
  resetLead: '请输入您登录时使用的邮箱地址。我们会把验证码发送到该邮箱。',
  resetCode: '输入验证码',
  resetCodeLead: `如果该地址有账户，一封含有 ${RESET.digits} 位验证码的邮件正在发送。验证码 ${RESET.codeSeconds / 60} 分钟内有效。`,
  code: '验证码',
  codeNeeded: `请输入邮件中的 ${RESET.digits} 位数字。`,
  resend: '发送新的验证码',
  resendIn: (seconds: number) => `${seconds} 秒后可发送新的验证码`,
  resent: '新的验证码正在发送，之前的已失效。',
  otherAddress: '使用其他地址',
  resetPassword: '设置新密码',
  resetPasswordLead: '您的地址已验证。设置新密码后，您账户的所有会话都会结束。',
  startAgain: '重新开始',
}
