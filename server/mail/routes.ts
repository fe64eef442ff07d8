import * as contract from '../../contract/mail.ts'
import { bind } from '../http/bind.ts'
import * as health from './health.ts'

export const bindings = [
  bind(contract.listMails, (ctx, { query }) => health.list(ctx, query)),
  bind(contract.mailHealth, (ctx) => health.health(ctx)),
  bind(contract.sendTestMail, (ctx) => health.sendTest(ctx)),
  bind(contract.resendMail, async (ctx, { params }) => {
    await health.resend(ctx, params.mailId)
    return {}
  }),
]
