/**
 * Agreements of Auto Debit: how they are asked for, turned into tokens, and ended, in both families. AMS becomes APS when it is parsed.
 * Stated in docs/guide/auto-debit.md.
 */
import * as z from 'zod'
import { maybe, required } from './gateway.ts'

const SCOPE = 'AGREEMENT_PAY'
const Scopes = z
  .array(required(64), 'must be a list of scopes')
  .max(4, 'at most 4 scopes')
  .refine((scopes) => scopes.includes(SCOPE), `must contain ${SCOPE}`)

export const PrepareRequest = z.object(
  {
    authClientId: required(64),
    authClientName: required(256),
    authClientDisplayName: maybe(64),
    referenceAgreementId: maybe(64),
    scopes: Scopes,
    authState: maybe(256),
    authRedirectUrl: required(2048),
  },
  'must be a JSON object',
)
export type PrepareRequest = z.output<typeof PrepareRequest>

export const AmsAuthConsultRequest = z
  .object(
    {
      customerBelongsTo: required(64),
      authClientId: maybe(64),
      scopes: Scopes,
      authState: required(256),
      authRedirectUrl: required(1024),
      terminalType: required(16),
    },
    'must be a JSON object',
  )
  .transform(({ authClientId, scopes, authState, authRedirectUrl }): PrepareRequest => {
    return {
      authClientId: authClientId ?? '',
      authClientName: authClientId ?? 'Merchant',
      authClientDisplayName: undefined,
      referenceAgreementId: undefined,
      scopes,
      authState,
      authRedirectUrl,
    }
  })

const GRANT_TYPES = ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'] as const
const Grant = {
  grantType: z.enum(GRANT_TYPES, `must be ${GRANT_TYPES.join(' or ')}`),
  authCode: maybe(128),
  refreshToken: maybe(128),
}
type Grant = {
  grantType: (typeof GRANT_TYPES)[number]
  authCode?: string | undefined
  refreshToken?: string | undefined
}
const hasGrant = ({ grantType, authCode, refreshToken }: Grant) =>
  Boolean(grantType === 'AUTHORIZATION_CODE' ? authCode : refreshToken)
const NO_GRANT = { message: 'authCode or refreshToken is needed, as grantType says', path: ['grantType'] }

export const ApplyTokenRequest = z
  .object({ ...Grant, authClientId: required(64) }, 'must be a JSON object')
  .refine(hasGrant, NO_GRANT)
export type ApplyTokenRequest = Omit<z.output<typeof ApplyTokenRequest>, 'authClientId'> & { authClientId?: string }

export const AmsApplyTokenRequest = z
  .object({ ...Grant, customerBelongsTo: required(64) }, 'must be a JSON object')
  .refine(hasGrant, NO_GRANT)
  .transform(({ customerBelongsTo: _, ...grant }): ApplyTokenRequest => grant)

export const CancelTokenRequest = z.object(
  { accessToken: required(128), authClientId: required(64) },
  'must be a JSON object',
)
/** AMS names the token only. */
export const RevokeRequest = z.object({ accessToken: required(128) }, 'must be a JSON object')
export type CancelTokenRequest = z.output<typeof RevokeRequest> & { authClientId?: string }
