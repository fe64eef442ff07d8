/** The center's own key for evidence packages. */
import { type CenterKey, publicCenterKey, signWithCenterKey } from '../center-keys/center-keys.ts'
import type { Ctx } from '../context.ts'

export const publicEvidenceKey = (ctx: Ctx): Promise<CenterKey> => publicCenterKey(ctx, 'evidence')

/** The signature of a text as base64. */
export const signEvidence = (ctx: Ctx, text: string): Promise<string> => signWithCenterKey(ctx, 'evidence', text)
