import * as contract from '../../contract/applications.ts'
import * as keysContract from '../../contract/keys.ts'
import { bind } from '../http/bind.ts'
import type { Wall } from '../outgoing/wall.ts'
import * as applications from './applications.ts'
import * as keyUse from './key-use.ts'
import * as sandbox from './sandbox.ts'

/** `changed` tells the gateway of this process that it knows a client no longer as it is. */
export const bindings = (wall: Wall, changed: () => void) => {
  const thenTell = async <T>(work: Promise<T>): Promise<T> => work.finally(changed)
  return [
    bind(contract.listApplications, (ctx) => applications.list(ctx)),
    bind(contract.listApplicationNames, (ctx) => applications.listNames(ctx)),
    bind(contract.getApplication, (ctx, { params }) => applications.get(ctx, params.applicationId)),
    bind(contract.createApplication, (ctx, { body }) => applications.create(ctx, body)),
    bind(contract.modifyApplication, (ctx, { params, body }) => applications.modify(ctx, params.applicationId, body)),
    bind(contract.deleteApplication, async (ctx, { params, body }) => {
      await thenTell(applications.remove(ctx, params.applicationId, body.typedName))
      return {}
    }),
    bind(contract.listDeletedApplications, (ctx) => applications.listDeleted(ctx)),
    bind(contract.restoreApplication, (ctx, { params }) => thenTell(applications.restore(ctx, params.applicationId))),
    bind(contract.addProducts, (ctx, { params, body }) =>
      thenTell(applications.addProducts(ctx, params.applicationId, body.products)),
    ),
    bind(contract.removeProduct, (ctx, { params }) =>
      thenTell(applications.removeProduct(ctx, params.applicationId, params.productId)),
    ),
    bind(contract.getSandbox, (ctx, { params }) => sandbox.get(ctx, params.applicationId)),
    bind(contract.setSandboxKey, (ctx, { params, body }) =>
      thenTell(sandbox.setKey(ctx, params.applicationId, body.publicKey)),
    ),
    bind(keysContract.getKeyUse, (ctx, { params }) => keyUse.use(ctx, params.applicationId)),
    bind(keysContract.retireSandboxKey, (ctx, { params, body }) =>
      thenTell(keyUse.retire(ctx, params.applicationId, params.version, body.evenIfUsed)),
    ),
    bind(keysContract.restoreSandboxKey, (ctx, { params }) =>
      thenTell(keyUse.restore(ctx, params.applicationId, params.version)),
    ),
    bind(keysContract.challengeSandboxKey, (ctx, { params }) =>
      keyUse.challenge(ctx, params.applicationId, params.version),
    ),
    bind(keysContract.proveSandboxKey, (ctx, { params, body }) =>
      thenTell(keyUse.prove(ctx, params.applicationId, params.version, body.signature)),
    ),
    bind(contract.setNotificationUrl, (ctx, { params, body }) =>
      sandbox.setUrl(ctx, wall, params.applicationId, params.api, body.url),
    ),
    bind(contract.forwardSandboxClock, (ctx, { params, body }) =>
      thenTell(sandbox.forwardClock(ctx, params.applicationId, body.forwardSeconds)),
    ),
  ]
}
