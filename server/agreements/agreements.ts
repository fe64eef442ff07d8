/**
 * Agreements of Auto Debit as the partner's server sees them: asked for, turned into tokens, refreshed, ended, and paid with. The payer's
 * side is payer.ts.
 */
import type { PayRequest } from '../../contract/gateway.ts'
import type { ApplyTokenRequest, CancelTokenRequest, PrepareRequest } from '../../contract/gateway-authorizations.ts'
import type { Family } from '../../rules/interfaces.ts'
import { AGREEMENT } from '../../rules/limits.ts'
import { resultOf } from '../../rules/results.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import { freshBytes, newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Client } from '../gateway/clients.ts'
import { isoTime } from '../gateway/facts.ts'
import type { Answered, How, Prepared } from '../gateway/payments.ts'
import { ensureHas } from '../gateway/products.ts'
import { redirectUrlOf } from '../gateway/redirect.ts'
import { GatewayRefusal } from '../gateway/refusal.ts'
import { tokenHash } from '../seal.ts'
import * as store from './store.ts'

const answered = (body: string): Answered => ({ body, paymentRequestId: null, paymentId: null })
const nowOf = (ctx: Ctx | TxCtx, client: Client) => ctx.clock.now() + client.clockOffsetMs
const freshToken = () => freshBytes(32).toString('base64url')

function ensureAutoDebit(client: Client): void {
  ensureHas(client, 'auto_debit')
}

/** The same authClientId and referenceAgreementId are one agreement: asked for with other values they are REPEAT_REQ_INCONSISTENT. */
export async function prepare(ctx: Ctx, client: Client, request: PrepareRequest, { family }: How): Promise<Prepared> {
  ensureAutoDebit(client)
  redirectUrlOf('authRedirectUrl', request.authRedirectUrl)
  const now = nowOf(ctx, client)
  const planned: store.Agreement = {
    id: newId('agr'),
    application_id: client.applicationId,
    secret: freshBytes(16).toString('base64url'),
    auth_client_id: request.authClientId,
    reference_agreement_id: request.referenceAgreementId || null,
    asked: JSON.stringify(request),
    family,
    state: 'open',
    created_at: now,
    expires_at: now + AGREEMENT.askSeconds * 1000,
    code_hash: null,
    code_expires_at: null,
    access_hash: null,
    access_expires_at: null,
    refresh_hash: null,
    refresh_expires_at: null,
    grant_hash: null,
    grant_answer: null,
    payer_account: null,
  }
  const answer = (agreement: store.Agreement) => answered(prepareAnswer(agreement, ctx.config.origin))
  return {
    expected: answer(planned),
    async apply(tx) {
      if (await store.insert(tx, planned)) return answer(planned)
      const before = await store.findByReference(tx, planned)
      if (!before) throw new Error('An agreement was there at the insert and gone at the read.')
      if (before.asked === planned.asked && before.family === family) return answer(before)
      throw new GatewayRefusal('agreement.repeated_otherwise')
    },
  }
}

/** The documents leave the name of the field open: APS gets both. */
function prepareAnswer({ id, secret, family }: store.Agreement, origin: string): string {
  const url = `${origin}/wallet/authorize/${id}/${secret}`
  return JSON.stringify({
    result: resultOf('SUCCESS'),
    ...(family === 'aps' ? { authUrl: url, normalUrl: url } : { normalUrl: url }),
  })
}

/** A code or a refresh token becomes tokens, once; the same grant again gets the same answer, as long as nothing newer was given. */
export async function applyToken(
  ctx: Ctx,
  client: Client,
  request: ApplyTokenRequest,
  { family }: How,
): Promise<Prepared> {
  ensureAutoDebit(client)
  const byCode = request.grantType === 'AUTHORIZATION_CODE'
  const grant = tokenHash((byCode ? request.authCode : request.refreshToken) ?? '')
  const found = await store.findByHash(ctx, client.applicationId, byCode ? 'code_hash' : 'refresh_hash', grant)
  const now = nowOf(ctx, client)
  if (found?.state !== 'agreed' || !isOf(found, request.authClientId)) {
    const body = await answerBefore(ctx, client, grant, request)
    return { expected: answered(body), apply: async () => answered(body) }
  }
  const until = byCode ? found.code_expires_at : found.refresh_expires_at
  if (until !== null && until <= now) throw byCode ? expiredCode() : invalidToken()
  const tokens = {
    accessToken: freshToken(),
    accessTokenExpiryTime: isoTime(now + AGREEMENT.accessSeconds * 1000),
    refreshToken: freshToken(),
    refreshTokenExpiryTime: isoTime(now + AGREEMENT.refreshSeconds * 1000),
  }
  const body = tokenAnswer(family, tokens)
  const still = byCode ? { code_hash: grant } : { refresh_hash: grant }
  return {
    expected: answered(body),
    async apply(tx) {
      const isFirst = await store.change(
        tx,
        found.id,
        { state: 'agreed', ...still },
        {
          code_hash: null,
          code_expires_at: null,
          access_hash: tokenHash(tokens.accessToken),
          access_expires_at: now + AGREEMENT.accessSeconds * 1000,
          refresh_hash: tokenHash(tokens.refreshToken),
          refresh_expires_at: now + AGREEMENT.refreshSeconds * 1000,
          grant_hash: grant,
          grant_answer: tx.seal.seal(body),
        },
      )
      return answered(isFirst ? body : await answerBefore(tx, client, grant, request))
    },
  }
}

async function answerBefore(
  ctx: Ctx | TxCtx,
  client: Client,
  grant: string,
  request: ApplyTokenRequest,
): Promise<string> {
  const before = await store.findByHash(ctx, client.applicationId, 'grant_hash', grant)
  if (before?.grant_answer && before.state === 'agreed' && isOf(before, request.authClientId)) {
    return ctx.seal.open(before.grant_answer)
  }
  if (request.grantType === 'REFRESH_TOKEN') throw invalidToken()
  throw new GatewayRefusal('agreement.code_not_valid')
}

function tokenAnswer(family: Family, tokens: Record<string, string>): string {
  const payer = family === 'aps' ? { customerId: TEST_WALLET.customerId, walletBrandName: TEST_WALLET.name } : {}
  return JSON.stringify({ result: resultOf('SUCCESS'), ...tokens, ...payer })
}

/** The partner ends an agreement by its token; a second time changes nothing. */
export async function cancelToken(ctx: Ctx, client: Client, request: CancelTokenRequest): Promise<Prepared> {
  ensureAutoDebit(client)
  const found = await store.findByHash(ctx, client.applicationId, 'access_hash', tokenHash(request.accessToken))
  if (!found || !isOf(found, request.authClientId)) throw invalidToken()
  const expected = answered(JSON.stringify({ result: resultOf('SUCCESS') }))
  return {
    expected,
    async apply(tx) {
      await store.change(tx, found.id, { state: 'agreed' }, { state: 'cancelled' })
      return expected
    },
  }
}

export type Agreement = { id: string; accessHash: string; payerAccount: string | null }

/** The agreement that a `pay` names by its access token, and whose wallet pays. */
export async function agreementOf(ctx: Ctx, client: Client, { paymentMethod }: PayRequest): Promise<Agreement> {
  const { paymentMethodId, paymentMethodMetaData } = paymentMethod
  const accessHash = tokenHash(paymentMethodId ?? '')
  const found = await store.findByHash(ctx, client.applicationId, 'access_hash', accessHash)
  const isGood =
    found?.state === 'agreed' &&
    (found.access_expires_at ?? 0) > nowOf(ctx, client) &&
    isOf(found, paymentMethodMetaData?.authClientId)
  if (!isGood) throw invalidToken()
  return { id: found.id, accessHash, payerAccount: found.payer_account }
}

/** False where it has ended, or its token was replaced. Otherwise it cannot end before this transaction does. */
export function holdAgreement(tx: TxCtx, { id, accessHash }: Agreement): Promise<boolean> {
  return store.hold(tx, id, accessHash)
}

/** AMS does not name the client again: a token tells it. */
function isOf({ auth_client_id }: store.Agreement, authClientId: string | undefined): boolean {
  return authClientId === undefined || authClientId === auth_client_id
}

export const invalidToken = () => new GatewayRefusal('agreement.token_not_valid')
const expiredCode = () => new GatewayRefusal('agreement.code_expired')
