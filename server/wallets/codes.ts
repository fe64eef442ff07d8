/** `getPaymentCode`: codes that the app of a wallet partner shows, each for one payer, one minute and one payment. */
import type { PaymentCodeRequest } from '../../contract/gateway-wallets.ts'
import { PAYMENT_CODE } from '../../rules/limits.ts'
import { resultOf } from '../../rules/results.ts'
import { codePrefixOf } from '../../rules/wallet.ts'
import { freshBytes } from '../clock.ts'
import type { Ctx } from '../context.ts'
import type { Client } from '../gateway/clients.ts'
import { isoTime } from '../gateway/facts.ts'
import type { Prepared } from '../gateway/payments.ts'
import { ensureHas } from '../gateway/products.ts'
import { insertCode } from '../gateway/wallet-store.ts'

export async function getPaymentCode(ctx: Ctx, client: Client, request: PaymentCodeRequest): Promise<Prepared> {
  ensureHas(client, 'user_presented')
  const now = ctx.clock.now() + client.clockOffsetMs
  const expiresAt = now + PAYMENT_CODE.seconds * 1000
  const codes = Array.from({ length: request.codeQuantity ?? 1 }, () => freshCode(client.participantId))
  const body = JSON.stringify({
    result: resultOf('SUCCESS'),
    paymentCodes: codes.map((paymentCode) => ({ paymentCode, expiryTime: isoTime(expiresAt) })),
  })
  const expected = { body, paymentRequestId: null, paymentId: null }
  return {
    expected,
    async apply(tx) {
      for (const code of codes) {
        await insertCode(tx, {
          code,
          application_id: client.applicationId,
          created_at: now,
          expires_at: expiresAt,
          used_by: null,
          payer_account: null,
          customer_id: request.customerId,
        })
      }
      return expected
    },
  }
}

function freshCode(participantId: string): string {
  const digits = (freshBytes(8).readBigUInt64BE() % 10n ** 16n).toString().padStart(16, '0')
  return `${codePrefixOf(participantId)}${digits}`
}
