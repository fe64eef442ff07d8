/** Launching: the checklist and the request of a partner, and the queue in which the network reviews it. */
import * as z from 'zod'
import { differenceKinds, gateItems, launchKinds, launchStates, testValues } from '../rules/launch.ts'
import { LAUNCH } from '../rules/limits.ts'
import { partnerApis, partnerTypes, productIds } from '../rules/products.ts'
import { applicationStatuses } from '../rules/application.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, Instant, PageQuery, pageOf, Text } from './wire.ts'

const GateLine = z.object({
  item: z.enum(gateItems),
  /** Of a line that is there once for each product. */
  product: z.enum(productIds).nullable(),
  isFulfilled: z.boolean(),
  /** What of it: versions, addresses, cases, words. */
  about: z.string().nullable(),
})

const DifferenceLine = z.object({
  kind: z.enum(differenceKinds),
  api: z.enum(partnerApis).nullable(),
  sandbox: z.string().nullable(),
  production: z.string().nullable(),
  verdict: z.enum(['differs', 'same', 'missing']),
  testValue: z.enum(testValues).nullable(),
})

const Remark = z.object({
  /** The newest round is what waits to be mended. */
  round: z.number(),
  item: z.enum(gateItems),
  text: z.string(),
  at: Instant,
  by: z.string(),
})

export const LaunchRequestView = z.object({
  id: Id('lrq'),
  kind: z.enum(launchKinds),
  products: z.array(z.enum(productIds)),
  state: z.enum(launchStates),
  filedAt: Instant,
  filedBy: z.string(),
  stateSince: Instant,
  settledBy: z.string().nullable(),
  /** In the queue, from 1, while it is in review. */
  place: z.number().nullable(),
  /** How long it has been the network's turn and the partner's, in seconds. The clock of one stands while it is the other's. */
  centerSeconds: z.number(),
  partnerSeconds: z.number(),
  remarks: z.array(Remark),
})
export type LaunchRequestView = z.infer<typeof LaunchRequestView>

export const LaunchView = z.object({
  status: z.enum(applicationStatuses),
  launchedAt: Instant.nullable(),
  products: z.array(
    z.object({ id: z.enum(productIds), status: z.enum(applicationStatuses), launchedAt: Instant.nullable() }),
  ),
  /** Whether a solution architect confirms. Without review a launch is done at once. */
  isReviewed: z.boolean(),
  /** The checklist for everything that is not launched yet; empty when nothing is left. */
  gate: z.array(GateLine),
  difference: z.array(DifferenceLine),
  /** The newest request first. */
  requests: z.array(LaunchRequestView),
})
export type LaunchView = z.infer<typeof LaunchView>

export const getLaunch = endpoint({
  summary:
    'How far an application is from its launch: the checklist by facts, the difference to the sandbox, the requests.',
  method: 'GET',
  path: '/applications/:applicationId/launch',
  needs: 'application.view',
  params: ApplicationId,
  returns: LaunchView,
})

export const launchApplication = endpoint({
  summary: 'Asks to launch the application with its products; without review they are launched at once.',
  method: 'POST',
  path: '/applications/:applicationId/launch',
  needs: 'application.launch',
  asksProof: () => true,
  params: ApplicationId,
  returns: LaunchView,
  refusals: ['launch.not_ready', 'launch.under_way', 'launch.nothing'],
})

export const launchProducts = endpoint({
  summary: 'Asks to launch products that were added after the launch of the application, on their own cases.',
  method: 'POST',
  path: '/applications/:applicationId/launch/products',
  needs: 'product.launch',
  asksProof: () => true,
  params: ApplicationId,
  body: z.strictObject({
    products: z
      .array(z.enum(productIds))
      .min(1, 'at least one product')
      .refine((list) => new Set(list).size === list.length, 'each product once'),
  }),
  returns: LaunchView,
  refusals: ['launch.not_ready', 'launch.under_way', 'launch.nothing', 'launch.application_first', 'product.absent'],
})

export const handBackLaunch = endpoint({
  summary: 'Hands a request back to the network after mending it. It keeps its place in the queue.',
  method: 'POST',
  path: '/applications/:applicationId/launch/hand-back',
  needs: 'application.launch',
  asksProof: () => true,
  params: ApplicationId,
  returns: LaunchView,
  refusals: ['launch.not_open', 'launch.wrong_turn', 'launch.not_ready', 'launch.nothing'],
})

export const withdrawLaunch = endpoint({
  summary: 'Withdraws the open request.',
  method: 'DELETE',
  path: '/applications/:applicationId/launch',
  needs: 'application.launch',
  params: ApplicationId,
  returns: LaunchView,
  refusals: ['launch.not_open'],
})

// ── the network's side ───────────────────────────────────────────────────────────────────────────────────────────────────

const RequestId = z.strictObject({ requestId: Id('lrq') })

const QueuedRequest = LaunchRequestView.omit({ remarks: true }).extend({
  applicationId: Id('app'),
  applicationName: z.string(),
  partnerId: Id('ptn'),
  partnerName: z.string(),
})

export const listLaunchRequests = endpoint({
  summary: 'Requests to launch. Open ones oldest first, as a queue; settled ones newest first.',
  method: 'GET',
  path: '/staff/launch-requests',
  needs: 'staff.launch.view',
  query: z.strictObject({ ...PageQuery, state: z.enum(launchStates).default('in_review') }),
  returns: pageOf(QueuedRequest).extend({
    /** How many requests there are of each state. */
    counts: z.record(z.enum(launchStates), z.number()),
  }),
})

export const getLaunchRequest = endpoint({
  summary: 'One request with its checklist and difference, computed now.',
  method: 'GET',
  path: '/staff/launch-requests/:requestId',
  needs: 'staff.launch.view',
  params: RequestId,
  returns: z.object({
    request: QueuedRequest.extend({ remarks: z.array(Remark) }),
    partnerType: z.enum(partnerTypes),
    description: z.string(),
    gate: z.array(GateLine),
    difference: z.array(DifferenceLine),
    /** Stands for everything that is shown here: a confirmation names what was looked at. */
    seen: z.string(),
  }),
})

export const returnLaunchRequest = endpoint({
  summary:
    'Returns a request to the partner with a reason for each item that has to be mended. The clock of the network stops.',
  method: 'POST',
  path: '/staff/launch-requests/:requestId/return',
  needs: 'staff.launch.decide',
  params: RequestId,
  body: z.strictObject({
    remarks: z
      .array(
        z.strictObject({
          item: z.enum(gateItems),
          text: Text(LAUNCH.remarkMax).refine((text) => text.length > 0, 'is needed'),
        }),
      )
      .min(1, 'at least one remark')
      .max(LAUNCH.remarksMax),
  }),
  returns: getLaunchRequest.returns,
  refusals: ['launch.not_open', 'launch.wrong_turn'],
})

export const confirmLaunchRequest = endpoint({
  summary: 'Confirms a request: application and products are launched, if the checklist is still fulfilled.',
  method: 'POST',
  path: '/staff/launch-requests/:requestId/confirm',
  needs: 'staff.launch.decide',
  asksProof: () => true,
  params: RequestId,
  body: z.strictObject({ seen: z.string().max(100) }),
  returns: getLaunchRequest.returns,
  refusals: ['launch.not_open', 'launch.wrong_turn', 'launch.not_ready', 'launch.changed', 'launch.nothing'],
})

export const takeOffLine = endpoint({
  summary:
    'Takes a launched application off line with its products, for a reason that is told to the partner. The registry finds it no more; an open request to launch is withdrawn.',
  method: 'POST',
  path: '/staff/applications/:applicationId/off-line',
  needs: 'staff.launch.decide',
  asksProof: () => true,
  params: ApplicationId,
  body: z.strictObject({
    reason: Text(LAUNCH.offLineReasonMax).refine(
      (text) => [...text].length >= LAUNCH.offLineReasonMin,
      `at least ${LAUNCH.offLineReasonMin} characters`,
    ),
  }),
  returns: Done,
  refusals: ['launch.not_live'],
})
