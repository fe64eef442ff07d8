import * as contract from '../../contract/merchants.ts'
import * as walletContract from '../../contract/wallet.ts'
import { bind } from '../http/bind.ts'
import * as imports from './import.ts'
import * as invitations from './invitations.ts'
import * as merchants from './merchants.ts'
import { newSheetReader } from './sheet/thread.ts'
import { template } from './template.ts'
import * as testData from './test-data.ts'
import * as accounts from './wallet-accounts.ts'

export const bindings = () => {
  const reader = newSheetReader()
  return [
    bind(contract.listMerchants, (ctx, { params, query }) => merchants.list(ctx, params.applicationId, query)),
    bind(contract.exportMerchants, (ctx, { params, query }) => merchants.exportList(ctx, params.applicationId, query)),
    bind(contract.listTestData, (ctx, { params, query }) => testData.list(ctx, params.applicationId, query)),
    bind(contract.exportTestData, (ctx, { params, query }) => testData.exportList(ctx, params.applicationId, query)),
    bind(contract.inviteMerchant, (ctx, { params, body }) => merchants.invite(ctx, params.applicationId, body)),
    bind(contract.changeMerchant, (ctx, { params, body }) =>
      merchants.change(ctx, params.applicationId, params.merchantId, body),
    ),
    bind(contract.removeMerchant, async (ctx, { params }) => {
      await merchants.remove(ctx, params.applicationId, params.merchantId)
      return {}
    }),
    bind(contract.sendMerchantInvitation, async (ctx, { params }) => {
      await invitations.send(ctx, params.applicationId, params.merchantId)
      return merchants.get(ctx, params.applicationId, params.merchantId)
    }),
    bind(contract.sendMerchantInvitations, (ctx, { params }) => invitations.sendAll(ctx, params.applicationId)),
    bind(contract.withdrawMerchantInvitation, async (ctx, { params }) => {
      await invitations.withdraw(ctx, params.applicationId, params.merchantId)
      return merchants.get(ctx, params.applicationId, params.merchantId)
    }),
    bind(contract.merchantLink, (ctx, { params }) => invitations.link(ctx, params.applicationId, params.merchantId)),
    bind(contract.getInvitationPreference, (ctx, { params }) => invitations.getPreference(ctx, params.applicationId)),
    bind(contract.setInvitationPreference, (ctx, { params, body }) =>
      invitations.setPreference(ctx, params.applicationId, body),
    ),
    bind(contract.merchantTemplate, (ctx, { params, query }) => template(ctx, params.applicationId, query.format)),
    bind(contract.checkMerchantFile, (ctx, { params, query, body }) =>
      imports.check(ctx, reader, params.applicationId, { name: query.name, bytes: body }),
    ),
    bind(contract.storeMerchantFile, (ctx, { params, query, body }) => {
      const upload = { name: query.name, bytes: body }
      return imports.storeAll(ctx, reader, params.applicationId, upload, query.leaveOutFailed === 'yes')
    }),
    bind(contract.failedMerchantRows, (ctx, { params, query, body }) =>
      imports.failedRows(ctx, reader, params.applicationId, { name: query.name, bytes: body }),
    ),

    bind(walletContract.checkWalletInvitation, (ctx, { body }) => accounts.check(ctx, body.token)),
    bind(walletContract.acceptWalletInvitation, (ctx, { body }) => accounts.accept(ctx, body)),
    bind(walletContract.logOutOfWallet, async (ctx, _input, http) => {
      await accounts.logOut(ctx, http.cookie('wallet'))
      http.clearCookie('wallet')
      return {}
    }),
  ]
}
