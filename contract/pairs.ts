/** Acquirers and wallets that pay each other in the sandbox. */
import * as z from 'zod'
import { PAIRING } from '../rules/limits.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './wire.ts'

export const PairsView = z.object({
  /** What this application is in its pairs. */
  side: z.enum(['acquirer', 'wallet']),
  /** The others, the newest first. */
  items: z.array(
    z.object({
      id: Id('par'),
      partnerName: z.string(),
      applicationName: z.string(),
      participantId: z.string(),
      joinedAt: Instant,
      joinedBy: z.string(),
    }),
  ),
})
export type PairsView = z.infer<typeof PairsView>

export const listPairs = endpoint({
  summary: 'Whom an application is joined with: wallets where it is an acquirer, acquirers where it is a wallet.',
  method: 'GET',
  path: '/applications/:applicationId/pairs',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: PairsView,
})

export const newPairingCode = endpoint({
  summary: `Makes the code with which an acquirer joins this wallet: good for ${PAIRING.codeSeconds / 3600} hours, and once. It takes the place of the one before.`,
  method: 'POST',
  path: '/applications/:applicationId/pairing-code',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: z.object({ code: z.string(), expiresAt: Instant }),
  refusals: ['pair.not_a_wallet'],
})

export const joinWallet = endpoint({
  summary: 'Joins this acquirer with the wallet that made the code: from then on its payers can pay here.',
  method: 'POST',
  path: '/applications/:applicationId/pairs',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ code: z.string().trim().min(1).max(200) }),
  returns: PairsView,
  refusals: ['pair.is_a_wallet', 'pair.code_unknown', 'pair.present', 'pair.too_many'],
})

export const endPair = endpoint({
  summary: 'Ends a pair, from either side. What is being paid is still paid.',
  method: 'DELETE',
  path: '/applications/:applicationId/pairs/:pairId',
  needs: 'sandbox.develop',
  params: z.strictObject({ applicationId: Id('app'), pairId: Id('par') }),
  returns: PairsView,
})
