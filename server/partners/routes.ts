import * as memberContract from '../../contract/members.ts'
import * as contract from '../../contract/partners.ts'
import { bind } from '../http/bind.ts'
import * as fees from './fees.ts'
import * as invitations from './invitations.ts'
import * as members from './members.ts'
import * as partners from './partners.ts'
import * as trials from './trials.ts'

/** `changed` tells the gateway of this process that it knows clients no longer as they are. */
export const bindings = (changed: () => void) => [
  bind(contract.listPartners, (ctx, { query }) => partners.list(ctx, query)),
  bind(contract.getPartner, (ctx, { params }) => partners.get(ctx, params.partnerId)),
  bind(contract.openPartner, (ctx, { body }) => partners.open(ctx, body)),
  bind(contract.openAccount, (ctx, { params, body }) => partners.openAccount(ctx, params.partnerId, body)),
  bind(contract.resendActivation, async (ctx, { params }) => {
    await partners.resendActivation(ctx, params.partnerId, params.personId)
    return {}
  }),
  bind(contract.disableAccount, (ctx, { params }) =>
    partners.setAccountDisabled(ctx, params.partnerId, params.personId, true),
  ),
  bind(contract.enableAccount, (ctx, { params }) =>
    partners.setAccountDisabled(ctx, params.partnerId, params.personId, false),
  ),
  bind(contract.addNdaAddress, (ctx, { params, body }) => partners.addNdaAddress(ctx, params.partnerId, body.email)),
  bind(contract.removeNdaAddress, (ctx, { params, body }) =>
    partners.removeNdaAddress(ctx, params.partnerId, body.email),
  ),
  bind(contract.setPartnerContract, (ctx, { params, body }) => partners.setContract(ctx, params.partnerId, body)),
  bind(contract.setContractFees, (ctx, { params, body }) =>
    fees.set(ctx, params.partnerId, params.productId, body).finally(changed),
  ),
  bind(contract.removeContractFees, (ctx, { params }) =>
    fees.remove(ctx, params.partnerId, params.productId).finally(changed),
  ),
  bind(contract.extendTrial, (ctx, { params, body }) => trials.extend(ctx, params.partnerId, body)),
  bind(contract.convertTrial, (ctx, { params, body }) => trials.convert(ctx, params.partnerId, body)),

  bind(memberContract.listMembers, (ctx) => members.list(ctx)),
  bind(memberContract.inviteMembers, (ctx, { body }) => invitations.invite(ctx, body)),
  bind(memberContract.resendInvitation, (ctx, { params }) => invitations.resend(ctx, params.invitationId)),
  bind(memberContract.withdrawInvitation, (ctx, { params }) => invitations.withdraw(ctx, params.invitationId)),
  bind(memberContract.setMemberRoles, (ctx, { params, body }) => members.setRoles(ctx, params.personId, body.roles)),
  bind(memberContract.disableMember, (ctx, { params }) => members.disable(ctx, params.personId)),
  bind(memberContract.enableMember, (ctx, { params }) => members.enable(ctx, params.personId)),
  bind(memberContract.removeMember, (ctx, { params }) => members.remove(ctx, params.personId)),
  bind(memberContract.endMemberSessions, async (ctx, { params }) => ({
    ended: await members.endSessions(ctx, params.personId),
  })),
  bind(memberContract.colleaguesWhoMay, (ctx, { query }) => members.whoMay(ctx, query.permission)),
  bind(memberContract.checkInvitation, (ctx, { body }) => invitations.check(ctx, body.token)),
  bind(memberContract.acceptInvitation, (ctx, { body }, http) => invitations.accept(ctx, body, http.cookie('browser'))),
]
