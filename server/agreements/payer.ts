/** Agreements of Auto Debit as the payer sees them, in the Test Wallet: agreed to or refused, looked at, ended. */
import type { PrepareRequest } from '../../contract/gateway-authorizations.ts'
import type { Family } from '../../rules/interfaces.ts'
import { AGREEMENT } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import { freshBytes } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { isoTime } from '../gateway/facts.ts'
import type { Partners } from '../gateway/partner-calls.ts'
import { findPayer, type Payer } from '../merchants/wallet-accounts.ts'
import { addNotification } from '../notifications/notifications.ts'
import { sameSecret, tokenHash } from '../seal.ts'
import * as store from './store.ts'

export type Key = { agreementId: string; secret: string }
type Found = NonNullable<Awaited<ReturnType<typeof store.find>>>

export async function getAuthorization(ctx: Ctx, key: Key) {
  return viewOf(ctx, await findOwn(ctx, key))
}

/** Agreeing makes a code for the partner, which goes with the payer's browser; refusing sends him back without one. */
export async function decideAuthorization(
  ctx: Ctx,
  key: Key,
  decision: 'agree' | 'refuse',
  cookie: string | undefined,
) {
  const payer = await findPayer(ctx, cookie)
  const authCode = freshBytes(32).toString('base64url')
  const after = await ctx.tx(async (tx) => {
    const found = await findOwn(tx, key)
    const now = tx.clock.now() + found.clock_offset_ms
    if (found.state !== 'open' || found.expires_at <= now) throw new Refusal('agreement.closed')
    const change =
      decision === 'agree'
        ? {
            state: 'agreed',
            code_hash: tokenHash(authCode),
            code_expires_at: now + AGREEMENT.codeSeconds * 1000,
            payer_account: accountOf(found, payer),
          }
        : { state: 'refused' }
    if (!(await store.change(tx, found.id, { state: 'open' }, change))) throw new Refusal('agreement.closed')
    if (decision === 'agree') await tell(tx, found, { authorizationNotifyType: 'AUTHCODE_CREATED', authCode })
    return { ...found, ...change }
  })
  return { ...viewOf(ctx, after), redirectUrl: backTo(after, decision === 'agree' ? authCode : undefined) }
}

/** A payer of another application has no wallet here. */
function accountOf({ application_id }: Found, payer: Payer | undefined): string | null {
  return payer?.application_id === application_id ? payer.id : null
}

function backTo({ asked }: Found, authCode: string | undefined): string {
  const { authRedirectUrl, authState } = JSON.parse(asked) as PrepareRequest // written by us
  const url = new URL(authRedirectUrl)
  if (authCode !== undefined) url.searchParams.set('authCode', authCode)
  if (authState) url.searchParams.set('authState', authState)
  return url.href
}

export async function listAgreements(ctx: Ctx, applicationId: string, payerAccount: string | null) {
  const rows = await store.listAgreed(ctx, applicationId, payerAccount, AGREEMENT.shown)
  return rows.map((row) => ({ id: row.id, merchantName: nameIn(row), since: isoTime(row.created_at) }))
}

type Ending = { applicationId: string; payerAccount: string | null; id: string }

/** The payer ends it in his wallet: its tokens are worth nothing any more, and the partner is told. */
export async function endAgreement(ctx: Ctx, partners: Partners, ending: Ending): Promise<void> {
  await consultUnbinding(ctx, partners, ending)
  await ctx.tx(async (tx) => {
    const { id } = ending
    const found = await findPayers(tx, ending)
    if (!(await store.change(tx, id, { state: 'agreed' }, { state: 'cancelled' }))) return
    await tell(tx, found, { authorizationNotifyType: 'TOKEN_CANCELED', ...tokenIn(tx, found) })
  })
}

async function findPayers(ctx: Ctx | TxCtx, { applicationId, payerAccount, id }: Ending): Promise<Found> {
  const found = await store.find(ctx, id)
  if (found?.application_id !== applicationId || found.payer_account !== payerAccount) {
    throw new Refusal('thing.not_found')
  }
  return found
}

/** Where the acquirer has set a URL for it he is asked, and may keep an agreement, for an open debt for example. */
async function consultUnbinding(ctx: Ctx, partners: Partners, ending: Ending): Promise<void> {
  const found = await findPayers(ctx, ending)
  if (found.state !== 'agreed') return
  const { resultStatus, fault } = await partners.ask(ctx, {
    applicationId: found.application_id,
    api: 'consultUnbinding',
    body: { authClientId: found.auth_client_id, customerId: TEST_WALLET.customerId, ...tokenIn(ctx, found) },
  })
  if (fault === 'no_address' || resultStatus === 'S') return
  throw new Refusal(resultStatus === 'F' ? 'agreement.kept' : 'agreement.no_answer')
}

/** Null where the code was never turned into a token. */
function tokenIn(tx: Ctx | TxCtx, { grant_answer }: Found): { accessToken?: string } {
  if (grant_answer === null) return {}
  const { accessToken } = JSON.parse(tx.seal.open(grant_answer)) as { accessToken: string } // written by us
  return { accessToken }
}

/** `authNotify`, where the partner has set a URL for it. */
async function tell(tx: TxCtx, found: Found, facts: Record<string, string>): Promise<void> {
  const url = await store.findNotifyUrl(tx, found.client_id)
  if (url === undefined) return
  const { authState } = JSON.parse(found.asked) as PrepareRequest // written by us
  const body = {
    ...facts,
    authClientId: found.auth_client_id,
    ...(authState ? { authState } : {}),
    ...(found.family === 'aps' ? { customerId: TEST_WALLET.customerId } : {}),
  }
  await addNotification(tx, {
    applicationId: found.application_id,
    clientId: found.client_id,
    api: 'authNotify',
    paymentRequestId: '',
    paymentId: '',
    url,
    family: found.family as Family, // written by us
    body: JSON.stringify(body),
    eventAt: tx.clock.now() + found.clock_offset_ms,
    delaySeconds: 0,
    misbehaviour: null,
  })
}

async function findOwn(ctx: Ctx | TxCtx, { agreementId, secret }: Key): Promise<Found> {
  const found = await store.find(ctx, agreementId)
  if (!found || !sameSecret(found.secret, secret)) throw new Refusal('thing.not_found')
  return found
}

const nameIn = ({ asked }: Pick<Found, 'asked'>): string => {
  const { authClientDisplayName, authClientName } = JSON.parse(asked) as PrepareRequest // written by us
  return authClientDisplayName || authClientName
}

function viewOf(ctx: Ctx, found: Found) {
  const isOver = found.state === 'open' && found.expires_at <= ctx.clock.now() + found.clock_offset_ms
  return {
    merchantName: nameIn(found),
    walletName: TEST_WALLET.name,
    state: isOver ? ('over' as const) : (found.state as 'open' | 'agreed' | 'refused' | 'cancelled'), // written by us
    expiresAt: isoTime(found.expires_at),
  }
}
